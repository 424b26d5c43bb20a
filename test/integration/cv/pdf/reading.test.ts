import { DESIGN_NAMES, emptyCv, renderPdf } from '@careerhooks/cv';
import { type OutlineItem, readPdf, type StructureNode } from '../../../support/pdf-content';
import { longCv, richCv } from '../../../support/rich-cv';

describe.each(DESIGN_NAMES)('%s is read', (style) => {
  const rendered = renderPdf(richCv(), { style }).then(({ content }) => readPdf(content));

  test('from who it is about to how to reach them, then section by section', async () => {
    const { pages } = await rendered;
    const text = pages.join('\n');
    const places = [
      'Marta Przykładowa',
      'Senior Software Engineer',
      'marta@example.com',
      '+48 555 010 020',
      'www.marta.example.com',
      'github.com/marta-example',
      'www.linkedin.com/in/marta-example',
      'Skype: live:marta',
      'Summary',
      'Experience',
      'Projects',
      'Education',
      'Skills',
      'References',
    ].map((part) => text.indexOf(part));
    expect(places.filter((place) => place < 0)).toEqual([]);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  test('with the title before the company, that before the time, and something between them', async () => {
    const text = (await rendered).pages.join('\n').replace(/\s+/g, ' ');
    for (const { position, company } of richCv().workExperience) {
      const period = String.raw`[A-Z][a-z]{2} \d{4} – ([A-Z][a-z]{2} \d{4}|Present)`;
      expect(text).toMatch(new RegExp(`${position} ([|·] )?${company}(, [^|·]*)? [|·] ${period} `));
    }
  });

  test('with headings in words, not in letters', async () => {
    expect((await rendered).pages.join('\n')).toMatch(/^Experience$/m);
  });

  test('as headings, paragraphs, lists and links', async () => {
    const { structure, marks } = await rendered;
    expect(marks).toMatchObject({ Marked: true });
    const [document] = structure[0]?.children ?? [];
    expect(document?.role).toBe('Document');
    const roles = structure.flatMap(rolesOf);
    expect(roles.filter((role) => role === 'H1')).toHaveLength(1);
    for (const role of ['H2', 'H3', 'P', 'L', 'LI', 'Lbl', 'LBody', 'Link']) {
      expect(roles).toContain(role);
    }
    expect(roles.indexOf('H1')).toBeLessThan(roles.indexOf('H2'));
    expect(roles.indexOf('H2')).toBeLessThan(roles.indexOf('H3'));
  });

  test('by its outline', async () => {
    const { outline } = await rendered;
    const titles = (items: OutlineItem[] | undefined) => items?.map(({ title }) => title);
    expect(titles(outline)?.slice(0, 4)).toEqual([
      'Summary',
      'Experience',
      'Projects',
      'Education',
    ]);
    expect(titles(outline.find(({ title }) => title === 'Experience')?.items)).toEqual(
      richCv().workExperience.map(({ position }) => position),
    );
  });

  test('by its links, each of which says where it leads', async () => {
    const { links } = await rendered;
    expect(links.filter(({ says }) => says === '')).toEqual([]);
    expect(links).toContainEqual({
      url: 'mailto:marta@example.com',
      says: 'E-mail to marta@example.com',
    });
    expect(links.map(({ url }) => url)).toEqual(
      expect.arrayContaining([
        'tel:+48555010020',
        'https://www.marta.example.com/',
        'https://www.linkedin.com/in/marta-example',
        'https://www.youtube.com/@marta.example',
        'https://codeplace.example.org/marta',
        'https://www.payments.example.com/about',
        'https://ledger-lint.example.org/',
        'https://github.com/marta-example/ledger-lint',
        'https://certificates.example.org/cka/4711',
      ]),
    );
  });
});

test('addresses in any script lead somewhere, and are shown as they are', async () => {
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: {
      email: 'jö@bücher.example',
      phone: 'ask at the desk',
      website: 'https://bücher.example/ä?q=1#top',
    },
  });
  const { pages, links } = readPdf(content);
  expect(pages[0]).toContain('jö@bücher.example | ask at the desk | bücher.example/ä?q=1#top');
  expect(links.map(({ url }) => url)).toEqual([
    'mailto:j%C3%B6@xn--bcher-kva.example',
    'https://xn--bcher-kva.example/%C3%A4?q=1#top',
  ]);
});

describe.each(DESIGN_NAMES)('on ten pages of %s', (style) => {
  const rendered = renderPdf(longCv(), { style }).then(({ content }) => readPdf(content));

  test('no title stands at the end of one without two lines of what it is about', async () => {
    const { pages } = await rendered;
    for (const page of pages.slice(0, -1)) {
      // The last line is the page's number.
      const lines = page.trim().split('\n').slice(0, -1);
      for (const line of lines.slice(-3))
        expect(line).not.toMatch(/^(Senior )?Software Engineer \d+$/);
      expect(lines.at(-1)).not.toMatch(/^[A-Z]\w+$/);
    }
  });

  test('none begins with what belongs to the last line of the one before', async () => {
    const { pages } = await rendered;
    for (const page of pages.slice(1)) {
      expect(page).not.toMatch(/^(Technologies:|reconciled by|the morning)/);
    }
  });

  test('the structure goes on', async () => {
    const { structure } = await rendered;
    for (const page of structure) expect(rolesOf(page)).toContain('H3');
  });
});

test('no line ends behind a hyphen in a word, which some programs take away', async () => {
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: { summary: 'A well-known start-up, state-of-the-art. '.repeat(40) },
    skills: [
      { id: 'a', category: 'Back-end', skills: [{ name: 'event-driven design '.repeat(9) }] },
    ],
  });
  const [page = ''] = readPdf(content).pages;
  expect(page.split('\n').length).toBeGreaterThan(20);
  expect(page).not.toMatch(/-\n/);
});

test('line ends in names are blanks', async () => {
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: { name: 'Jo\nDoe', location: 'Here\nand there', phone: '+1 555 0100' },
    workExperience: [{ id: 'a', position: 'Cook\nand waiter', company: 'Example\nCoffee' }],
    skills: [{ id: 'a', category: 'Hot\ndrinks', skills: [{ name: 'Tea' }] }],
  });
  const [page = ''] = readPdf(content).pages;
  expect(page.split('\n').map((line) => line.trim())).toEqual([
    'Jo Doe',
    '+1 555 0100 | Here and there',
    'Experience',
    'Cook and waiter',
    'Example Coffee',
    'Skills',
    'Hot drinks: Tea',
  ]);
});

test('a header longer than a page, and a name longer than a line, are whole', async () => {
  const networks = Array.from({ length: 300 }, (_, index) => `network-${index}`);
  const { content } = await renderPdf({
    ...emptyCv(),
    personalInfo: { name: 'Longname '.repeat(22), title: 'Titleholder '.repeat(16) },
    socialMedia: Object.fromEntries(
      networks.map((name) => [name, { url: `https://example.com/${name}` }]),
    ),
  });
  const { pages, links } = readPdf(content);
  expect(links.map(({ url }) => url)).toEqual(
    networks.map((name) => `https://example.com/${name}`),
  );
  expect(pages.length).toBeGreaterThan(1);
  expect(pages.join('').match(/Titleholder/g)).toHaveLength(16);
});

function rolesOf({ role, children = [] }: StructureNode): string[] {
  return [...(role === undefined ? [] : [role]), ...children.flatMap(rolesOf)];
}
