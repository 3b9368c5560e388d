// Renders [{template, data}, …] from standard input with @huggingface/jinja and writes [{target} or {err}, …].
import { Template } from "@huggingface/jinja";
import { readFileSync } from "node:fs";

const out = JSON.parse(readFileSync(0, "utf8")).map(({ template, data }) => {
	try {
		return { target: new Template(template).render(data) };
	} catch (e) {
		return { err: String(e.message) };
	}
});
process.stdout.write(JSON.stringify(out));
