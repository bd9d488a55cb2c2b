// A trust's year, driven with the generated client for TypeScript.
//
// Run with the address of the service, which has a token of the trust in `TOKEN`; tells as
// JSON what happened. `../python/year.py` does the same and tells the same.
import { asForm, connect, isFaulty, type ParityClient, type Schemas } from "./client/client.ts";

const TRUST = "ZZ901";
const CENSUS = { ods_code: TRUST, year: 2025 };

/** Drive the year; return what happened. */
async function main(address: string, token: string): Promise<unknown> {
  const anybody = connect(address);
  const trust = connect(address, token);
  return {
    register: await readRegister(anybody),
    pages: await pageThroughTrusts(anybody),
    actuals: await sendActuals(trust),
    correction: await correctActuals(trust),
    preview: await previewFile(trust),
    target: await setTarget(trust),
    progress: await readProgress(trust),
  };
}

/** Look the trust up, and one that is not there. */
async function readRegister(client: ParityClient) {
  const path = "/v1/organisations/{ods_code}";
  const found = await client.GET(path, { params: { path: { ods_code: TRUST } } });
  const missing = await client.GET(path, { params: { path: { ods_code: "ZZ999" } } });
  return { name: done(found).name, missing: refused(missing).type };
}

/** Return the codes on each page of the list of trusts. */
async function pageThroughTrusts(client: ParityClient) {
  const pages: string[][] = [];
  let cursor: string | null = null;
  do {
    const query: { kind: "trust"; limit: number; cursor: string | null } = {
      kind: "trust",
      limit: 3,
      cursor,
    };
    const page = done(await client.GET("/v1/organisations", { params: { query } }));
    pages.push(page.items.map((one) => one.ods_code));
    cursor = page.next;
  } while (cursor !== null);
  return pages;
}

/** Return the trust's headcounts, with a number of leaders who are BME. */
function census(bme: number, source: string, reason: string | null = null): Schemas["ActualsIn"] {
  const cells = [
    ["5", "white", 300],
    ["5", "bme", 100],
    ["8a", "white", 90],
    ["8a", "bme", bme],
  ] as const;
  return {
    source,
    totals: { workforce: 500, bme: 110 },
    headcounts: cells.map(([band, ethnic_group, headcount]) => ({
      staff_group: "clinical",
      band,
      ethnic_group,
      headcount,
    })),
    reason,
  };
}

/** Send a census in: with faults, then without. */
async function sendActuals(client: ParityClient) {
  const put = (body: Schemas["ActualsIn"]) =>
    client.PUT("/v1/trusts/{ods_code}/actuals/{year}", {
      params: { path: CENSUS, header: { "If-None-Match": "*" } },
      body,
    });
  const problem = refused(await put(census(-1, "")));
  const sent = await put(census(10, "ESR, 31 March 2025"));
  return {
    faults: isFaulty(problem) ? problem.errors.map((one) => [one.pointer, one.code]) : [],
    status: sent.response.status,
    revision: done(sent).revision,
  };
}

/** Correct the census: without saying what is to change, as it is no more, and as it is. */
async function correctActuals(client: ParityClient) {
  const path = "/v1/trusts/{ods_code}/actuals/{year}";
  const source = "ESR staff in post, 31 March 2025";
  const put = (tag: string | null) =>
    client.PUT(path, {
      params: { path: CENSUS, ...(tag === null ? {} : { header: { "If-Match": tag } }) },
      body: census(10, source, "The source was named wrongly"),
    });
  const refusals = [refused(await put(null)).type, refused(await put('"0"')).type];
  const held = await client.GET(path, { params: { path: CENSUS } });
  const corrected = done(await put(held.response.headers.get("ETag")));
  const signed = await client.POST("/v1/trusts/{ods_code}/actuals/{year}/sign-off", {
    params: { path: CENSUS },
    body: { board_date: "2025-07-24", lead_role: "Chief People Officer" },
  });
  return { refusals, revision: corrected.revision, state: done(signed).state };
}

/** Have a file of the year before checked, and not stored. */
async function previewFile(client: ParityClient) {
  const rows = ["Staff group,Band,White,BME,Unknown,Total", "Clinical,Band 8a,91,9,0,100"];
  const answer = await client.POST("/v1/imports", {
    body: {
      kind: "actuals",
      file: new File([rows.join("\n")], "2024.csv", { type: "text/csv" }),
      ods_code: TRUST,
      year: 2024,
      source: "ESR, 31 March 2024",
      dry_run: true,
    },
    bodySerializer: asForm,
  });
  const found = done(answer);
  return { id: found.id, cells: found.items.map((one) => [one.ods_code, one.cells_changed]) };
}

/** Draft a target twice with one key, change the draft, and put it in force. */
async function setTarget(client: ParityClient) {
  const draft = () =>
    client.POST("/v1/trusts/{ods_code}/targets", {
      params: { path: { ods_code: TRUST }, header: { "Idempotency-Key": "draft-1" } },
      body: { measure: "leadership", cycle: "2025-2028", goal_share: "0.1500" },
    });
  const first = await draft();
  const again = await draft();
  const drafted = done(first);
  const path = { ods_code: TRUST, target_id: drafted.id };
  const changed = await client.PATCH("/v1/trusts/{ods_code}/targets/{target_id}", {
    params: { path, header: { "If-Match": tagOf(first.response) } },
    body: { goal_share: "0.1600" },
  });
  const submitted = await client.POST("/v1/trusts/{ods_code}/targets/{target_id}/submit", {
    params: { path, header: { "If-Match": tagOf(changed.response) } },
  });
  return {
    id: drafted.id,
    state: drafted.state,
    again: done(again).id,
    replayed: [first, again].map((one) => one.response.headers.get("Idempotency-Replayed")),
    goal: done(changed).goal_share,
    now: done(submitted).state,
  };
}

/** Read where the trust stands. */
async function readProgress(client: ParityClient) {
  const answer = await client.GET("/v1/trusts/{ods_code}/progress/{measure}", {
    params: { path: { ods_code: TRUST, measure: "leadership" } },
  });
  const found = done(answer);
  if ("figures" in found) throw new Error("figures of the public only");
  if (found.gap === null || found.parity === null) throw new Error("nothing to compare with");
  return {
    share: found.actuals.map((one) => one.share),
    people: found.gap.to_goal.people,
    reference: found.parity.reference,
    warnings: found.warnings.map((one) => one.code),
  };
}

/** Return what a request that has to succeed was answered with. */
function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

/** Return why a request was refused that had to be. */
function refused<T>(answer: { data?: unknown; error?: T; response: Response }): T {
  if (answer.error === undefined) throw new Error(JSON.stringify(answer.data));
  return answer.error;
}

/** Return the tag of what was answered. */
function tagOf(response: Response): string {
  const tag = response.headers.get("ETag");
  if (tag === null) throw new Error("no ETag");
  return tag;
}

const [address, token] = [process.argv[2], process.env["TOKEN"]];
if (address === undefined || token === undefined) throw new Error("an address and a token");
process.stdout.write(JSON.stringify(await main(address, token)));
