/** `node lock-sqlite.cjs <file> <ms>`: holds the file's exclusive lock, says `locked`, and lets go. */
const { setTimeout } = require('node:timers');
const Database = require('better-sqlite3');

const [file, ms] = process.argv.slice(2);
const database = new Database(file);
database.exec('begin exclusive');
process.stdout.write('locked\n');
setTimeout(() => {
  database.exec('commit');
  database.close();
}, Number(ms));
