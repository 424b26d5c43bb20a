import { mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderTheme, ThemeError } from '@careerhooks/cv';

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'careerhooks-theme-')));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const RESUME = { basics: { name: 'Ada Example' } };

let themes = 0;

/** A theme in a folder of its own, or as a package; `files` by their names. */
async function theme(
  files: Record<string, string>,
  manifest: Record<string, unknown> = {},
  isPackage = false,
): Promise<Parameters<typeof renderTheme>[0]> {
  themes += 1;
  const name = `jsonresume-theme-test-${themes}`;
  const own = join(folder, 'themes', 'node_modules', name);
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'package.json'), JSON.stringify({ name, ...manifest }));
  for (const [file, text] of Object.entries(files)) await writeFile(join(own, file), text);
  return isPackage
    ? { name, folder: join(folder, 'themes'), isPackage }
    : { name: own, folder: own, isPackage };
}

/** What becomes of these statements in a theme's `render`, which may `await`. */
async function probe(statements: string, limits: Parameters<typeof renderTheme>[2] = {}) {
  const code = `exports.render = async (resume) => {
    try { ${statements}; return 'done'; } catch (error) { return 'refused: ' + (error.code ?? error.message); }
  };`;
  const page = await renderTheme(await theme({ 'index.js': code }), RESUME, limits);
  return page.replace(/<meta[^>]*>/g, '');
}

const COMMONJS = "exports.render = ({ basics }) => '<!doctype html><p>' + basics.name";

describe('a theme is found and rendered', () => {
  it.each([
    ['a CommonJS package', { 'index.js': COMMONJS }, {}, true],
    [
      'an ES module that only import finds',
      {
        'main.mjs':
          "export const render = async ({ basics }) => '<!doctype html><p>' + basics.name",
      },
      { type: 'module', exports: { import: './main.mjs' } },
      true,
    ],
    [
      'the same in a folder',
      {
        'main.mjs': "export default { render: ({ basics }) => '<!doctype html><p>' + basics.name }",
      },
      { type: 'module', exports: { import: './main.mjs' } },
      false,
    ],
    [
      'a CommonJS folder that reads a file of its own',
      {
        'lib.js': `const fs = require('fs');
          exports.render = ({ basics }) => fs.readFileSync(__dirname + '/page.html', 'utf8') + basics.name`,
        'page.html': '<!doctype html><p>',
      },
      { main: 'lib.js' },
      false,
    ],
    [
      'a module that is a function',
      { 'index.js': COMMONJS.replace('exports.render', 'module.exports') },
      {},
      true,
    ],
  ])('%s', async (_, files, manifest, isPackage) => {
    const page = await renderTheme(await theme(files, manifest, isPackage), RESUME);
    expect(page).toMatch(
      /^<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"/,
    );
    expect(page).toMatch(/<p>Ada Example$/);
  });

  it('also where the folder is a link, and with packages of its own', async () => {
    const { folder: own } = await theme({
      'index.js': "exports.render = () => require('dependency')",
    });
    await mkdir(join(own, 'node_modules', 'dependency'), { recursive: true });
    await writeFile(join(own, 'node_modules/dependency/index.js'), "module.exports = 'from it'");
    await symlink(own, join(folder, 'link'));
    const page = await renderTheme(
      { name: './link', folder: join(folder, 'link'), isPackage: false },
      RESUME,
    );
    expect(page).toContain('from it');
  });

  it('and one that prints is not disturbed', async () => {
    expect(await probe("console.log('x'.repeat(99)); console.error('y')")).toBe('done');
  });
});

describe('a theme is refused', () => {
  const rejects = async (work: Promise<unknown>, reason: RegExp): Promise<void> => {
    const error: unknown = await work.catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(ThemeError);
    expect((error as ThemeError).reason).toMatch(reason);
  };

  it('files that are not its own', async () => {
    expect(await probe("require('fs').readFileSync('/etc/hostname')")).toBe(
      'refused: ERR_ACCESS_DENIED',
    );
    await writeFile(join(folder, 'beside'), 'x');
    const read = `await require('fs').promises.readFile(${JSON.stringify(join(folder, 'beside'))})`;
    expect(await probe(read)).toBe('refused: ERR_ACCESS_DENIED');
    expect(await probe("require('fs').readdirSync('/')")).toBe('refused: ERR_ACCESS_DENIED');
  });

  it('writing, also beside itself', async () => {
    for (const where of [join(folder, 'written'), join(tmpdir(), 'careerhooks-written')]) {
      const write = `require('fs').writeFileSync(${JSON.stringify(where)}, 'x')`;
      expect(await probe(write)).toBe('refused: ERR_ACCESS_DENIED');
    }
    expect(await probe("require('fs').writeFileSync(__dirname + '/written', 'x')")).toBe(
      'refused: ERR_ACCESS_DENIED',
    );
    expect(await readdir(folder)).not.toContain('written');
  });

  it('other processes, threads and native code', async () => {
    expect(await probe("require('child_process').execFileSync('/bin/true')")).toBe(
      'refused: ERR_ACCESS_DENIED',
    );
    expect(await probe("new (require('worker_threads').Worker)('', { eval: true })")).toBe(
      'refused: ERR_ACCESS_DENIED',
    );
    expect(await probe('process.kill(process.ppid, 0)')).toMatch(/^refused: .*kill is refused/);
    expect(await probe("require('inspector').open(0)")).toMatch(/^refused/);
  });

  it('the environment', async () => {
    process.env.CAREERHOOKS_PROBE = 'a secret';
    const page = await probe('return JSON.stringify(process.env)');
    delete process.env.CAREERHOOKS_PROBE;
    expect(page).not.toContain('secret');
    expect(page).not.toContain('PATH');
  });

  it('the network, whatever it is asked by', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const waits = (start: string): string =>
      `const it = ${start}; await new Promise((resolve, reject) => { it.on('error', reject); it.on('connect', resolve); })`;
    for (const statements of [
      waits(`require('net').connect(${port}, '127.0.0.1')`),
      waits(`new (require('net').Socket)().connect(${port}, '127.0.0.1')`),
      waits(`(await import('node:net')).createConnection(${port}, '127.0.0.1')`),
      waits(`require('tls').connect(${port}, '127.0.0.1')`),
      waits(`require('http').get('http://127.0.0.1:${port}')`),
      waits(`(await import('node:https')).request('https://127.0.0.1:${port}')`),
      waits(`require('http2').connect('http://127.0.0.1:${port}')`),
      `await fetch('http://127.0.0.1:${port}')`,
      `require('dgram').createSocket('udp4').send('x', ${port}, '127.0.0.1')`,
      "await require('dns').promises.lookup('localhost')",
      "await new (require('dns').promises.Resolver)().resolve4('example.com')",
      "require('net').createServer().listen(0)",
    ]) {
      expect([statements, await probe(statements)]).toEqual([
        statements,
        expect.stringMatching(/^refused: A theme has no network/),
      ]);
    }
    expect(connections).toBe(0);
    server.close();
  });

  it('time, memory and a page without end', async () => {
    await rejects(probe('for (;;);', { milliseconds: 700 }), /^it took more than 0.7 s\.$/);
    await rejects(
      probe('await new Promise((resolve) => setTimeout(resolve, 60_000))', { milliseconds: 700 }),
      /0.7 s/,
    );
    await rejects(
      probe('const all = []; for (;;) all.push(new Array(1e5).fill(all.length))'),
      /memory/,
    );
    await rejects(
      probe('const all = []; for (;;) all.push(Buffer.alloc(1e7, 1))', { megabytes: 200 }),
      /^it took more than 200 MB of memory\.$/,
    );
    await rejects(probe("return 'x'.repeat(2_000)", { pageBytes: 1_000 }), /more than 1000 bytes/);
    await rejects(probe("for (;;) require('fs').writeSync(2, 'x'.repeat(9999))"), /without end/);
  });

  it('with its reason', async () => {
    const render = async (code: string): Promise<string> =>
      renderTheme(await theme({ 'index.js': code }), RESUME);
    await rejects(
      render("exports.render = () => { throw new TypeError('no work') }"),
      /^TypeError: no work$/,
    );
    await rejects(render('exports.render = () => 7'), /render\(\) gives no text/);
    await rejects(render('exports.other = 7'), /exports no render/);
    await rejects(render('this is no JavaScript'), /^SyntaxError/);
    await rejects(render('process.exit(0)'), /its process ended/);
    await rejects(
      render(
        "exports.render = () => new Promise(() => { setImmediate(() => { throw new Error('later') }) })",
      ),
      /ended: Error: later/,
    );
    await rejects(
      render("require('absent-package')"),
      /Cannot find module 'absent-package'|restricted.*absent-package/,
    );
    await rejects(
      renderTheme({ name: 'jsonresume-theme-absent', folder, isPackage: true }, RESUME),
      /npm install --ignore-scripts --prefix .* jsonresume-theme-absent$/,
    );
    await rejects(
      renderTheme({ name: './absent', folder: join(folder, 'absent'), isPackage: false }, RESUME),
      /there is no package.json/,
    );
  });
});
