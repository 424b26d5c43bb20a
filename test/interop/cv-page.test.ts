import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { emptyCv, renderHtml, renderTheme, THEME_POLICY } from '@careerhooks/cv';
import { describeWith } from './support/describe-with';
import { findProgram } from './support/programs';
import { pageJudges } from './support/tools';
import { CVS } from './themes/facts';

/** What html-validate says of a page. */
interface Report {
  results: { messages: { ruleId: string; line: number; message: string }[] }[];
}

const PAGES = [
  ...Object.entries(CVS).map(([name, { cv }]) => [name, renderHtml(cv)] as const),
  ['empty', renderHtml(emptyCv())] as const,
];

let modules: string;
beforeAll(async () => {
  modules = join(await pageJudges.install(), 'node_modules');
});

test.each(PAGES)('html-validate finds nothing in the page of a CV that is %s', async (_, page) => {
  const { HtmlValidate } = createRequire(join(modules, '/'))('html-validate') as {
    HtmlValidate: new (config: object) => { validateString(text: string): Promise<Report> };
  };
  const judge = new HtmlValidate({ extends: ['html-validate:standard', 'html-validate:a11y'] });
  const { results } = await judge.validateString(page);
  expect(results.flatMap(({ messages }) => messages)).toEqual([]);
});

describeWith(['chromium'], 'in a browser', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'careerhooks-page-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What Chromium has made of a page after a while. */
  async function dump(url: string, ...more: string[]): Promise<string> {
    const args = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=20000'];
    args.push(`--user-data-dir=${join(folder, 'profile')}`, ...more, '--dump-dom', url);
    const chromium = process.env.CHROMIUM_PATH ?? findProgram('chromium') ?? '';
    return (await promisify(execFile)(chromium, args)).stdout;
  }

  async function saved(page: string): Promise<string> {
    const file = join(folder, 'page.html');
    await writeFile(file, page);
    return `file://${file}`;
  }

  /** What a script finds on the page: its answer is in place of the page. */
  async function ask(page: string, script: string, width: number, dark: boolean): Promise<unknown> {
    const end = `<script>(async () => {${script}})().then((answer) => {
      document.documentElement.textContent = '@@' + JSON.stringify(answer) + '@@';
    });</script></body>`;
    const url = await saved(page.replace('</body>', () => end));
    const scheme = dark ? ['--blink-settings=preferredColorScheme=0'] : [];
    const dumped = await dump(url, `--window-size=${width},900`, ...scheme);
    const [, answer = ''] = /@@([\s\S]*)@@/.exec(dumped) ?? [];
    return JSON.parse(
      answer.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
    );
  }

  test.each(
    PAGES.flatMap(([name, page]) => [
      [name, 'light', page] as const,
      [name, 'dark', page] as const,
    ]),
  )('axe finds nothing in the page of a CV that is %s, when it is %s', async (_, scheme, page) => {
    const axe = await readFile(join(modules, 'axe-core/axe.min.js'), 'utf8');
    const script = `${axe.replaceAll('</script', '<\\/script')}
      const { violations, passes } = await axe.run();
      return {
        dark: matchMedia('(prefers-color-scheme: dark)').matches,
        violations: violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        contrast: passes.some(({ id }) => id === 'color-contrast'),
      };`;
    expect(await ask(page, script, 1200, scheme === 'dark')).toEqual({
      dark: scheme === 'dark',
      violations: [],
      contrast: true,
    });
  });

  test.each([320, 390, 1200])('nothing is wider than a screen of %d pixels', async (width) => {
    // Headless windows have a least width: a frame has any.
    const script = `const frame = document.createElement('iframe');
      frame.style.cssText = 'width: ${width}px; height: 600px; border: 0';
      frame.srcdoc = document.documentElement.outerHTML.replace(/<script[\\s\\S]*<\\/script>/, '');
      document.body.append(frame);
      await new Promise((resolve) => { frame.onload = resolve; });
      const { scrollWidth, clientWidth } = frame.contentDocument.documentElement;
      return scrollWidth - clientWidth;`;
    expect(await ask(renderHtml(CVS.rich.cv), script, 1400, false)).toBe(0);
  });

  test('what a theme has written runs nothing, served or saved', async () => {
    const theme = join(folder, 'theme');
    await mkdir(theme);
    const script = "document.body.append('it ' + 'ran')";
    const page = `<!doctype html><body><p>Ada</p><script>${script}</script>
      <img src="data:," onerror="${script}"><iframe srcdoc="<script>parent.${script}</script>"></iframe>`;
    await writeFile(join(theme, 'package.json'), '{}');
    await writeFile(join(theme, 'index.js'), `exports.render = () => ${JSON.stringify(page)}`);
    const secured = await renderTheme({ name: theme, folder: theme, isPackage: false }, {});
    expect(await dump(await saved(page))).toContain('it ran');
    expect(await dump(await saved(secured))).toMatch(/<p>Ada<\/p>(?![\s\S]*it ran)/);

    const server = createServer((_, response) => {
      const headers = { 'content-type': 'text/html', 'content-security-policy': THEME_POLICY };
      response.writeHead(200, headers).end(page);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const served = await dump(`http://127.0.0.1:${port}/`);
    server.close();
    server.closeAllConnections();
    expect(served).toMatch(/<p>Ada<\/p>(?![\s\S]*it ran)/);
  });
});
