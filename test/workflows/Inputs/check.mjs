// Reads workflows as GitHub does, and prints what it would refuse:
// check.mjs FOLDER FILE… FOLDER has node_modules/@actions/workflow-parser.
import { readFileSync } from "node:fs";
import { register } from "node:module";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

// The parser imports its schema as bundlers allow it.
register("data:text/javascript," + encodeURIComponent(`
import { readFile } from "node:fs/promises";
export async function load(url, context, next) {
  if (!url.endsWith(".json")) return next(url, context);
  return { format: "module", shortCircuit: true, source: "export default " + (await readFile(new URL(url))) };
}`));

const [folder, ...files] = process.argv.slice(2);
const parser = resolve(folder, "node_modules/@actions/workflow-parser/dist/index.js");
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await import(pathToFileURL(parser));
for (const name of files) {
  const result = parseWorkflow({ name: basename(name), content: readFileSync(name, "utf8") }, new NoOperationTraceWriter());
  const errors = result.context.errors.getErrors().map(error => error.message);
  if (result.value) {
    const workflow = await convertWorkflowTemplate(result.context, result.value);
    errors.push(...(workflow.errors ?? []).map(error => error.Message));
  }
  for (const error of new Set(errors)) {
    console.error(error);
    process.exitCode = 1;
  }
}
