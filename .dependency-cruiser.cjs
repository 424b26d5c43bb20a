const { readFileSync } = require('node:fs');

/**
 * The house from below: of each place, its floors, each with its rooms. A room uses those below it, and
 * none beside or above it. Folders that use each other are one room, `a|b`; `*` are the folders that no
 * other room names. Files that are named nowhere are free.
 */
const FLOORS = require('./floors.json');

/** What a package.json says, in the tree that is looked at. */
const manifestIn = (folder) => JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
const { workspaces } = manifestIn('.');
const anyOf = (names) => `(${names.join('|')})`;

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
  from: { path: `^${anyOf(workspaces)}/` },
  to: { path: `^${anyOf(workspaces)}/`, pathNot: '^$1/', dependencyTypes: ['local'] },
};

const unresolvable = {
  name: 'found',
  comment: 'It is not there, or not for others: a package is imported by what it exports.',
  severity: 'error',
  from: {},
  to: { couldNotResolve: true },
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
  from: { path: `^${anyOf(workspaces)}/src/` },
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
    to: { path: `^${anyOf(others)}/`, pathNot: `^${name}/` },
  };
});

const nodes = {
  name: 'nodes-alone',
  comment: 'n8n takes no package with dependencies.',
  severity: 'error',
  from: { path: '^(nodes|credentials)/', pathNot: '[.]cjs$' },
  to: { pathNot: '^((nodes|credentials)/|node_modules/n8n-workflow/|(node:)?crypto$)' },
};

/** For each room, that it uses none beside or above it. */
function downwards([place, floors]) {
  const named = floors.flat().filter((room) => room !== '*');
  const pathOf = (room) => (room === '*' ? `(?!${anyOf(named)}[/.])[^/]+/` : `(${room})[/.]`);
  return floors.flatMap((rooms, height) =>
    rooms.flatMap((room) => {
      const others = floors.slice(height).flat();
      const forbidden = others.filter((other) => other !== room).map(pathOf);
      if (forbidden.length === 0) return [];
      return {
        name: 'downwards',
        comment: `${place}${room} uses what floors.json has below it alone.`,
        severity: 'error',
        from: { path: `^${place}${pathOf(room)}` },
        to: { path: `^${place}${anyOf(forbidden)}` },
      };
    }),
  );
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    circles,
    reachingIn,
    unresolvable,
    undeclared,
    forDevelopment,
    ...undeclaredWorkspaces,
    nodes,
    ...Object.entries(FLOORS).flatMap(downwards),
  ],
  options: {
    doNotFollow: { path: '(^|/)node_modules/' },
    exclude: { path: '(^|/)dist/|^data/|^test/interop/clients/' },
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
