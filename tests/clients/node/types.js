// Writes the types of the API that a description tells of: `node types.js DESCRIPTION FILE`.
//
// The command of openapi-typescript would have a file be a string, and what is left out be sent.
import { readFile, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";
import ts from "typescript";

const FILE = ts.factory.createTypeReferenceNode("Blob");

const [description, file] = process.argv.slice(2);
const types = await openapiTS(await readFile(description, "utf-8"), {
  defaultNonNullable: false,
  transform: (schema) => (schema.format === "binary" ? FILE : undefined),
});
await writeFile(file, `// Made from the description of the API by \`make clients\`.\n\n${astToString(types)}`);
