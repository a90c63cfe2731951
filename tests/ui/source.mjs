// The sources of the screens as TypeScript's compiler reads them.
import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { fromUi, ui } from "./texts.mjs";

export const ts = fromUi("typescript");
const folder = fileURLToPath(ui);

function readProgram() {
  const config = ts.readConfigFile(`${folder}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder);
  const files = globSync(`${folder}src/**/*.{ts,tsx}`).filter((file) => !file.endsWith(".d.ts"));
  return ts.createProgram(files, { ...options, noEmit: true });
}

const program = readProgram();
export const checker = program.getTypeChecker();
/** Sources of the screens without their tests. */
export const files = program
  .getSourceFiles()
  .filter(
    ({ fileName }) => fileName.startsWith(`${folder}src/`) && !/\.(test\.tsx?|d\.ts|json)$/.test(fileName),
  );

export function visit(node, see) {
  see(node);
  ts.forEachChild(node, (child) => visit(child, see));
}

/** "src/parts/money.ts:12" */
export function placeOf(node) {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  return `${file.fileName.slice(folder.length)}:${line + 1}`;
}

/** The codes of problems that the interface can answer with. */
export function problemCodes() {
  const text = readFileSync(new URL("../api/openapi.yaml", ui), "utf8");
  const lists = [...text.matchAll(/x-problems:\s*\[([^\]]*)\]/g)];
  const [, common] = /^x-common-problems:\n((?: {2}- \w+\n)+)/m.exec(text);
  return new Set(
    [...lists.flatMap(([, list]) => list.split(",")), ...common.split("-")]
      .map((code) => code.trim())
      .filter(Boolean),
  );
}
