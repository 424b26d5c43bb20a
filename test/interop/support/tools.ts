import { join } from 'node:path';
import type { Report } from '../../support/install-once';
import { PDF_READERS_IN_PYTHON, PDFBOX, TIKA, VERAPDF } from '../cv/versions';
import { CLIENTS, LINTERS } from './folders';
import { installGo } from './install-go';
import { installMaven } from './install-maven';
import { installNpm } from './install-npm';
import { installPython } from './install-python';
import { type Program, whatIsMissing } from './programs';
import { run } from './run';

/** Something that tests run and that is installed once. */
export interface Tool<Installed> {
  /** The programs of the system that its installation and its tests run. */
  needs: readonly Program[];
  /** Installs it, or finds it installed. */
  install: (report?: Report) => Promise<Installed>;
}

/** Steps that take long are told where the developer sees them. */
const tell: Report = (line) => process.stderr.write(`${line}\n`);

/** Generators and fetchers of TypeScript, and the compiler that proves what they make; a `node_modules`. */
export const typescriptClients: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'typescript-clients',
      {
        '@hey-api/openapi-ts': '0.99.0',
        '@types/node': '20.19.43',
        'openapi-fetch': '0.17.0',
        'openapi-typescript': '7.13.0',
        typescript: '5.9.3',
      },
      report,
    ),
};

/** Generators of Python, what their clients import, and the type checker; a Python. */
export const pythonClients: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) =>
    installPython(
      'python-clients',
      {
        'datamodel-code-generator': '0.89.0',
        httpx: '0.28.1',
        mypy: '2.4.1',
        'openapi-python-client': '0.29.1',
        pydantic: '2.14.4',
        'python-dateutil': '4.0.0',
        'types-python-dateutil': '2.9.0.20261116',
        urllib3: '2.8.0',
      },
      report,
    ),
};

/** OpenAPI Generator, whose archive PyPI has too; the archive, for `java -jar`. */
export const openapiGenerator: Tool<string> = {
  needs: ['python3', 'java'],
  async install(report = tell) {
    const pins = { 'openapi-generator-cli': '7.26.0' };
    const python = await installPython('openapi-generator', pins, report);
    const where = 'import openapi_generator_cli as it; print(it.__path__[0], end="")';
    return join(await run(python, ['-c', where]), 'openapi-generator.jar');
  },
};

/** What the Java clients of OpenAPI Generator need, at the versions that it writes into their own project. */
export const javaClients: Tool<string> = {
  needs: ['java', 'javac', 'mvn'],
  install: (report = tell) =>
    installMaven(
      'java-clients',
      {
        'com.google.code.findbugs:jsr305': '3.0.2',
        'com.google.code.gson:gson': '2.10.1',
        'com.squareup.okhttp3:logging-interceptor': '4.12.0',
        'io.gsonfire:gson-fire': '1.9.0',
        'jakarta.annotation:jakarta.annotation-api': '1.3.5',
        'jakarta.ws.rs:jakarta.ws.rs-api': '2.1.6',
        'org.apache.commons:commons-lang3': '3.18.0',
      },
      report,
    ),
};

/** Generators of Go: their versions are those of the modules of the programs that use them. */
export const oapiCodegen = goTool('oapi-codegen');
export const ogen = goTool('ogen');

/** What judges workflows of GitHub's Actions; its path. */
export const actionlint = goTool('actionlint', LINTERS);

/** A tool of the module of the same name in `folder`, by default that of a generator's program; the path of the tool. */
function goTool(name: string, folder = CLIENTS): Tool<string> {
  return {
    needs: ['go'],
    install: async (report = tell) => join(await installGo(name, join(folder, name), report), name),
  };
}

/** What judges OpenAPI documents by their own rules; a folder with a `node_modules`. */
export const openapiLinters: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'openapi-linters',
      { '@redocly/cli': '2.77.0', '@stoplight/spectral-cli': '6.16.3' },
      report,
    ),
};

/** Servers that receivers are written on; a folder with a `node_modules`. */
export const webServers: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'web-servers',
      { '@hono/node-server': '2.1.9', fastify: '5.12.8', hono: '4.13.19' },
      report,
    ),
};

/** Servers that receivers in Python run under, and Django; a Python. */
export const pythonServers: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) =>
    installPython(
      'python-servers',
      { django: '5.2.19', gunicorn: '27.0.1', uvicorn: '0.54.0' },
      report,
    ),
};

/** What the Python receivers of docs/receiving.md are written with; a Python. */
export const receiverLibraries: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) =>
    installPython(
      'receivers',
      { fastapi: '0.165.0', flask: '3.1.3', standardwebhooks: '1.1.0', uvicorn: '0.54.0' },
      report,
    ),
};

/** HTTP clients that senders in Python use; a Python. */
export const pythonHttpClients: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) =>
    installPython('http-clients', { httpx: '0.28.1', requests: '2.34.2' }, report),
};

/** What makes requests from OpenAPI documents, and holds the answers against them; a Python. */
export const schemathesis: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) => installPython('schemathesis', { schemathesis: '4.32.5' }, report),
};

/** Libraries of Python that read the text of PDFs; a Python. */
export const pdfReaders: Tool<string> = {
  needs: ['python3'],
  install: (report = tell) => installPython('pdf-readers', PDF_READERS_IN_PYTHON, report),
};

/** Libraries of Java that read the text of PDFs, and what judges PDFs by the rules of PDF/UA; folders of archives. */
export const pdfBox = javaTool('pdfbox', PDFBOX);
export const tika = javaTool('tika', TIKA);
export const veraPdf = javaTool('verapdf', VERAPDF);

/** Archives for a program in one file, which `java` compiles by itself. */
function javaTool(name: string, pins: Readonly<Record<string, string>>): Tool<string> {
  return {
    needs: ['java', 'javac', 'mvn'],
    install: (report = tell) => installMaven(name, pins, report),
  };
}

/** Themes for JSON Resume that load under Node 20, without their names' prefix. */
export const THEMES = {
  actual: '0.2.2',
  caffeine: '1.2.3',
  class: '0.1.2',
  cora: '0.1.1',
  elegant: '1.16.1',
  eloquent: '5.0.0',
  even: '0.26.1',
  flat: '0.3.7',
  kards: '1.0.2',
  kendall: '0.2.0',
  macchiato: '1.1.0',
  modern: '0.0.18',
  onepage: '0.0.3',
  'onepage-plus': '1.1.0',
  orbit: '3.0.0',
  paper: '0.5.0',
  pumpkin: '1.1.4',
  short: '0.1.7',
  slick: '0.1.16',
  spartan: '0.3.0',
  stackoverflow: '3.3.0',
} as const;

/** Themes for JSON Resume; a folder with a `node_modules`. */
export const resumeThemes: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'resume-themes',
      Object.fromEntries(
        Object.entries(THEMES).map(([name, version]) => [`jsonresume-theme-${name}`, version]),
      ),
      report,
    ),
};

/** What reads and judges pages; a folder with a `node_modules`. */
export const pageJudges: Tool<string> = {
  needs: [],
  install: (report = tell) =>
    installNpm(
      'page-judges',
      { 'axe-core': '4.14.1', 'html-validate': '10.17.0', parse5: '7.3.0' },
      report,
    ),
};

/** What the interoperability tests run. */
const TOOLS: readonly Tool<unknown>[] = [
  openapiLinters,
  typescriptClients,
  pythonClients,
  openapiGenerator,
  javaClients,
  oapiCodegen,
  ogen,
  actionlint,
  webServers,
  pythonServers,
  pdfReaders,
  pdfBox,
  tika,
  veraPdf,
  resumeThemes,
  pageJudges,
];

/** Installs all tools whose programs are here, at once; says what the others need. */
export async function installTools(report: Report = tell): Promise<void> {
  const missing = new Set<string>();
  await Promise.all(
    TOOLS.map(async ({ needs, install }) => {
      const what = whatIsMissing(needs);
      if (what === undefined) await install(report);
      else missing.add(what);
    }),
  );
  missing.forEach(report);
}
