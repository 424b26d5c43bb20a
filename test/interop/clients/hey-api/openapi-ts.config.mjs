/** Node.js wants the extensions of the modules that are imported. */
export default { input: 'openapi.json', output: { path: 'api', module: { extension: '.js' } } };
