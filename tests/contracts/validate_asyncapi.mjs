// Parses an AsyncAPI document, with the schema files it refers to, with the official parser and prints what it has to say about it, as JSON.
import { readFile } from "node:fs/promises";
import { argv, stdout } from "node:process";
import { Parser } from "@asyncapi/parser";

const path = argv[2];
const { document, diagnostics } = await new Parser().parse(await readFile(path, "utf8"), { source: path });
const answer = {
  version: document?.version() ?? null,
  messages: document ? document.messages().all().map((message) => [message.name(), message.payload().id()]) : [],
  operations: document ? document.operations().all().map((operation) => operation.id()) : [],
  diagnostics: diagnostics.map(({ code, message, path, severity }) => ({ code, message, path: path.join("."), severity })),
};
stdout.write(JSON.stringify(answer));
