// recognize: the numbers of a text by Recognizers-Text. A peer of scripts/bench.
//
//     node recognize.js FOLDER-OF-MODULES FILE
'use strict';
const fs = require('fs');
const path = require('path');
const Recognizers = require(path.join(process.argv[2], 'node_modules', '@microsoft/recognizers-text-suite'));
const text = fs.readFileSync(process.argv[3], 'utf8');
let found = 0;
for (const line of text.split('\n'))
	found += Recognizers.recognizeNumber(line, Recognizers.Culture.Chinese).length;
console.log(found);
