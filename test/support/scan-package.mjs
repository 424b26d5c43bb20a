/**
 * Runs n8n's scan of community packages: `node scan-package.mjs <folder> source|packed`.
 * Writes what it found as JSON.
 */
import {
  analyzePackage,
  SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [folder, kind] = process.argv.slice(2);
const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
console.log(JSON.stringify(await analyzePackage(folder, patterns)));
