// readability: what Mozilla's readability.js takes for the article of each page, as JSON lines.
//
//     node readability.mjs FOLDER < LIST
//
// FOLDER has @mozilla/readability and jsdom among its node_modules; LIST has a charset, a tab and a path a line.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const require = createRequire(resolve(process.argv[2]) + "/");
const { Readability } = require("@mozilla/readability");
const { JSDOM, VirtualConsole } = require("jsdom");

for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) {
	const [charset, path] = line.split("\t");
	let article = null;
	try {
		const page = new JSDOM(new TextDecoder(charset).decode(readFileSync(path)), { virtualConsole: new VirtualConsole() });
		article = new Readability(page.window.document).parse();
	} catch (error) {
		process.stderr.write(`${path}: ${error.message}\n`);
	}
	process.stdout.write(JSON.stringify({ path, title: article?.title ?? "", text: article?.textContent ?? "" }) + "\n");
}
