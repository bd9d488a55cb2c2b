// A client of the API that knows its paths, bodies and answers: `connect(address).GET("/v1/…")`.
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export type { components, operations, paths } from "./schema.d.ts";
export type Schemas = components["schemas"];

/** What is read as an object; files come with `parseAs`, as text, a blob or a stream. */
type Read = "application/json" | "application/problem+json";
export type ParityClient = Client<paths, Read>;

/** Return a client of the service at an address, with a token or without. */
export function connect(address: string, token?: string): ParityClient {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return createClient<paths, Read>({ baseUrl: address, headers });
}

/** Return the form that carries a file and what is said of it: the `bodySerializer` of imports. */
export function asForm(body: Schemas["ImportForm"]): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (value !== null && value !== undefined) {
      form.append(name, value instanceof Blob ? value : String(value));
    }
  }
  return form;
}

/** Return whether a problem lists faults, each with its place. */
export function isFaulty(problem: Schemas["Problem"]): problem is Schemas["FaultyProblem"] {
  return "errors" in problem;
}
