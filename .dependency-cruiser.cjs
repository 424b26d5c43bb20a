const { readFileSync } = require('node:fs');

/**
 * The house from below: of each place, its floors, each with its rooms, folders or files. A room uses
 * those below it, and none beside or above it. Those that use each other are one room, `a|b`; `*` are the
 * folders that no other room names, each a room of its own. Files beside them that are named nowhere lie
 * under all of them, and use none, so that no way leads up through them. The index, a place's door, lies
 * over all. Places that are not listed have no order but that nothing goes in circles. What this does not
 * see are paths that are put together while a program runs, as to the file of a thread.
 */
const FLOORS = require('./floors.json');

/** What a package.json says, in the tree that is looked at. */
const manifestIn = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const { workspaces } = manifestIn('.');
const anyOf = (names) => `(?:${names.join('|')})`;

/** Among them what is not there before a build; what packages compiled is theirs. */
const COMPILED = '^(?!.*node_modules/)(?:.*/|)dist/';
/** What npm puts into the path starts what was compiled. */
const COMMAND = '^cli/bin/';

const circles = {
  name: 'no-circles',
  comment: 'What both need stands apart. The import of a type is an arrow, too.',
  severity: 'error',
  from: {},
  to: { circular: true },
};

const reachingIn = {
  name: 'by-the-door',
  comment:
    'Another workspace is imported by its name: its package.json says that this is its index.',
  severity: 'error',
  from: { path: `^(${anyOf(workspaces)})/` },
  to: {
    path: `^${anyOf(workspaces)}/`,
    pathNot: ['^$1/', COMPILED],
    dependencyTypes: ['local'],
  },
};

const unresolvable = {
  name: 'found',
  comment: 'It is not there, or not for others: a package is imported by what it exports.',
  severity: 'error',
  from: {},
  to: { couldNotResolve: true, pathNot: COMPILED },
};

const compiled = {
  name: 'source-alone',
  comment: 'What was compiled has no walls: import its source. The command alone starts it.',
  severity: 'error',
  from: { pathNot: COMMAND },
  to: { path: COMPILED },
};

const undeclared = {
  name: 'declared',
  comment: 'The package.json of the workspace names what it imports.',
  severity: 'error',
  from: {},
  to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
};

const forDevelopment = {
  name: 'declared-to-run',
  comment: 'What runs is among dependencies: devDependencies are not installed where it does.',
  severity: 'error',
  from: { path: `^${anyOf(workspaces)}/` },
  to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
};

/** Workspaces lie beside each other in node_modules, so that a package manager finds any of them. */
const undeclaredWorkspaces = workspaces.map((name) => {
  const { dependencies = {} } = manifestIn(name);
  const others = workspaces.filter((other) => !(`@careerhooks/${other}` in dependencies));
  return {
    name: 'declared',
    comment: undeclared.comment,
    severity: 'error',
    from: { path: `^${name}/` },
    to: { path: `^${anyOf(others)}/`, pathNot: [`^${name}/`, COMPILED] },
  };
});

const nodes = {
  name: 'nodes-alone',
  comment: 'n8n takes no package with dependencies.',
  severity: 'error',
  from: { path: '^(nodes|credentials)/', pathNot: '[.]cjs$' },
  to: { pathNot: '^((nodes|credentials)/|node_modules/n8n-workflow/|(node:)?crypto$)' },
};

/** For each room, that it uses none beside or above it; and for the files under them, that they use none. */
function downwards([place, floors]) {
  const all = floors.flat();
  const named = anyOf(all.filter((room) => room !== '*'));
  const unnamed = `(?!${named}[/.])([^/]+)/`;
  const pathOf = (room) => (room === '*' ? unnamed : `(?:${room})[/.]`);
  const rule = (who, from, to) => ({
    name: 'downwards',
    comment: `${place}${who} uses what floors.json has below it alone.`,
    severity: 'error',
    from: { path: `^${place}${from}` },
    to,
  });
  const pathsOf = (rooms) => `^${place}${anyOf([...rooms.map(pathOf), 'index[.]'])}`;

  const upwards = floors.flatMap((rooms, height) =>
    rooms.flatMap((room) => {
      const forbidden = floors
        .slice(height)
        .flat()
        .filter((other) => other !== room);
      return rule(room, pathOf(room), { path: pathsOf(forbidden), pathNot: COMPILED });
    }),
  );
  const between = rule('*', unnamed, { path: `^${place}${unnamed}`, pathNot: `^${place}$1/` });
  const under = rule('', `(?!${named}[.]|index[.])[^/]+$`, {
    path: pathsOf(all),
    pathNot: COMPILED,
  });
  return [...upwards, ...(all.includes('*') ? [between] : []), under];
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    circles,
    reachingIn,
    unresolvable,
    compiled,
    undeclared,
    forDevelopment,
    ...undeclaredWorkspaces,
    nodes,
    ...Object.entries(FLOORS).flatMap(downwards),
  ],
  options: {
    doNotFollow: { path: '(^|/)(node_modules|dist)/' },
    exclude: { path: '^data/|^test/interop/clients/' },
    // The imports of types, too.
    tsPreCompilationDeps: true,
    // A workspace as its source, whether it has been built or not.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
