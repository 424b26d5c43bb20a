// Loaded into a CareerHooks before its own code: at SIGUSR2 it warns, and then fails where nobody catches it.
process.once('SIGUSR2', () => {
  process.emitWarning('this is a warning of Node.js', { code: 'TEST_WARNING' });
  process.nextTick(() => void Promise.reject(new Error('nobody caught this')));
});
