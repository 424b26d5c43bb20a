import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyCv, importResume, readCv, toJsonResume } from '@careerhooks/cv';
import { leavesOf, lostLeaves } from '../../support/lost-leaves';
import { unpackNpm } from '../../support/unpack-npm';

/** Files of other tools and people, as packages on npm have them. */
const PACKAGES = {
  '@jsonresume/schema': '1.3.1',
  'resume-schema': '1.0.1',
  'fresh-test-resumes': '0.9.2',
  'fresh-resume-starter': '0.3.1',
  'jsonresume-theme-caffeine': '1.2.3',
  'jsonresume-theme-macchiato': '1.1.0',
  'jsonresume-theme-modern': '0.0.18',
  'jsonresume-theme-onepage': '0.0.3',
  'jsonresume-theme-orbit': '3.0.0',
  'jsonresume-theme-stackoverflow': '3.3.0',
};

/** Each with what the CV tells of that it does not take: fields beside the schema, but for one picture. */
const FILES: readonly [keyof typeof PACKAGES, string, string[]][] = [
  ['@jsonresume/schema', 'sample.resume.json', []],
  ['@jsonresume/schema', 'examples/career-changer.resume.json', []],
  ['@jsonresume/schema', 'examples/new-grad.resume.json', []],
  ['@jsonresume/schema', 'examples/senior-engineer.resume.json', []],
  ['resume-schema', 'sample.resume.json', []],
  // HackMyResume's, in the older schema.
  ['fresh-test-resumes', 'src/jrs/empty.json', []],
  [
    'fresh-test-resumes',
    'src/jrs/jane-fullstacker.json',
    [
      'basics.picture',
      'languages[1].years',
      'awards[0].flavor',
      'awards[1].flavor',
      'volunteer[0].flavor',
      'volunteer[1].flavor',
      'interests[0].summary',
      'interests[1].summary',
    ],
  ],
  [
    'fresh-test-resumes',
    'src/jrs/jane-incomplete.json',
    ['interests[0].summary', 'interests[1].summary'],
  ],
  ['fresh-test-resumes', 'src/jrs/john-doe.json', []],
  ['fresh-test-resumes', 'src/jrs/richard-hendriks.json', []],
  // Converted from FRESH.
  [
    'fresh-resume-starter',
    'src/starter-resume.jrs.json',
    [
      'awards[0].flavor',
      'awards[0].url',
      'awards[1].flavor',
      'volunteer[0].flavor',
      'volunteer[1].flavor',
      'interests[0].summary',
      'interests[1].summary',
    ],
  ],
  ['jsonresume-theme-caffeine', 'resume-sample.json', []],
  ['jsonresume-theme-macchiato', 'resume.json', ['volunteer[0].flavor']],
  // Profiles at the top, beside those in basics.
  ['jsonresume-theme-modern', 'resume.json', ['profiles']],
  [
    'jsonresume-theme-onepage',
    'resume.json',
    ['work[0].details', 'skills[0].details', 'skills[1].details'],
  ],
  ['jsonresume-theme-orbit', 'example-resume.json', []],
  ['jsonresume-theme-stackoverflow', 'docs/sample.resume.json', []],
];

let folderOf: (name: string) => string;
beforeAll(async () => {
  folderOf = await unpackNpm(PACKAGES);
}, 300_000);

test.each(FILES)('%s %s is imported whole, and once', async (name, path, notTaken) => {
  const file: unknown = JSON.parse(await readFile(join(folderOf(name), path), 'utf8'));
  const imported = importResume(emptyCv(), file);
  expect(imported.ignored.map((entry) => entry.path)).toEqual(notTaken);

  const cv = readCv(JSON.stringify(imported.cv));
  const exported: unknown = JSON.parse(JSON.stringify(toJsonResume(cv)));
  const lost = lostLeaves(file, exported).map((leaf) => leaf.path);
  expect(lost).toEqual(notTaken.filter((entry) => entry === 'basics.picture'));
  if (!path.endsWith('empty.json')) expect(leavesOf(file).length).toBeGreaterThan(20);

  for (const again of [file, exported]) expect(importResume(cv, again).changes).toEqual([]);
  expect(importResume(emptyCv(), exported).cv).toEqual(imported.cv);
});
