/**
 * The walls that ESLint holds, since they are not of imports: which connection is asked, and what opens
 * what is sealed, are the store's own business. The types have them still, for tests.
 */
const asked = wall(
  'store',
  ['write', 'read'],
  'Which connection is asked is the business of the functions of store.',
);
const opened = wall(
  'sealer',
  ['seal', 'open'],
  'What is sealed is opened by the functions of store alone.',
);

/** Of what is called `owner`, wherever it comes from: `owner.name`, `owner['name']` and `{ name } = owner`. */
function wall(owner, names, message) {
  const name = `/^(${names.join('|')})$/`;
  const itself = (path) => [
    `[${path}type="Identifier"][${path}name="${owner}"]`,
    `[${path}type="MemberExpression"][${path}property.name="${owner}"]`,
  ];
  const taken = `Property:matches([key.name=${name}], [key.value=${name}])`;
  const selectors = [
    ...itself('object.').flatMap((of) => [
      `MemberExpression${of}[property.name=${name}]`,
      `MemberExpression${of}[property.value=${name}]`,
    ]),
    ...itself('init.').map((of) => `VariableDeclarator${of} > ObjectPattern > ${taken}`),
    ...itself('right.').map((of) => `AssignmentExpression${of} > ObjectPattern > ${taken}`),
    `Property[key.name="${owner}"] > ObjectPattern > ${taken}`,
  ];
  return { selector: `:matches(${selectors.join(', ')})`, message };
}

module.exports = {
  files: ['{bench,cli,destinations,server,worker}/src/**/*.ts'],
  // It makes months of history in seconds, which no function of store does.
  ignores: ['bench/src/run/fill-history.ts'],
  rules: { 'no-restricted-syntax': ['error', asked, opened] },
};
