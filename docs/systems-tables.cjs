const { existsSync } = require('node:fs');
const { join } = require('node:path');
const { systems } = require('@careerhooks/systems');

/** What a page says of the systems, by its path; each between `<!-- systems… -->` and `<!-- /systems -->`. */
const TABLES = {
  'README.md': () =>
    table(['system', 'key', 'its events', 'types'], (system) => [
      hasPage(system) ? `[${system.name}](docs/${system.key}.md)` : system.name,
      `\`${system.key}\``,
      system.description,
      Object.keys(system.events).length,
    ]),
  'docs/receiving.md': () =>
    table(
      ['system', 'own signature', 'over', 'timeout', 'retries after', 'challenge'],
      (system) => [
        `\`${system.key}\``,
        `\`${system.signature.header}: ${system.signature.form}\``,
        system.signature.over,
        `${system.timeoutMs / 1000} s`,
        retriesAfter(system),
        system.challengesByDefault ? 'always' : 'by default',
      ],
    ),
};

const PAGES = Object.keys(TABLES);

const PLACE = /(<!-- systems\b.*?-->\n).*?(\n<!-- \/systems -->)/s;

/** The text of the page with its table as the registry makes it. */
function withSystems(page, text) {
  if (!PLACE.test(text)) throw new Error(`${page} has no place for its table of systems.`);
  return text.replace(PLACE, (_, begin, end) => `${begin}\n${TABLES[page]()}\n${end}`);
}

/** The systems that have a page of their own, as links from within docs/. */
function linksToPages() {
  return [...systems.values()].filter(hasPage).map(({ key, name }) => `[${name}](${key}.md)`);
}

function hasPage({ key }) {
  return existsSync(join(__dirname, `${key}.md`));
}

function table(head, row) {
  return [head, head.map(() => '---'), ...[...systems.values()].map(row)]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

/** `1, 5, 15 s`; beyond the list its last delay repeats. */
function retriesAfter({ retry: { delaysMs, maxRetries } }) {
  const delays = Array.from({ length: maxRetries }, (_, n) => delaysMs[n] ?? delaysMs.at(-1));
  return delays.length === 0 ? 'never' : `${delays.map((ms) => ms / 1000).join(', ')} s`;
}

module.exports = { linksToPages, PAGES, withSystems };
