// Validates the AsyncAPI document named as argument: prints what is wrong, exit code 1 if anything is.
import { createRequire } from "node:module";
import { resolve } from "node:path";

const require = createRequire(resolve(process.argv[2], "package.json"));
const { Parser, fromFile } = require("@asyncapi/parser");

const { document, diagnostics } = await fromFile(new Parser(), process.argv[3]).parse();
const faults = diagnostics.filter((each) => each.severity < 2);
for (const each of faults) console.log(`${each.path.join(".")}: ${each.message}`);
const messages = document?.allMessages().length ?? 0;
console.log(`${messages} messages in ${document?.allChannels().length ?? 0} channels, ${faults.length} faults`);
process.exit(faults.length || !messages ? 1 : 0);
