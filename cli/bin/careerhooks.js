#!/usr/bin/env node
// In words that old versions of Node.js understand, and before anything is loaded that they do not.
var version = process.versions.node.split('.').map(Number);
var major = version[0];
var minor = version[1];
if (major >= 24 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19)) {
  require('../dist/main.js');
} else {
  var needed = 'CareerHooks needs Node.js 20.19 or later, 22.13 or later, or any from 24 on';
  process.stderr.write(needed + '; this is ' + process.version + '.\n');
  // EX_CONFIG of sysexits.h, as where a setting has to be changed: starting it again does not help.
  process.exitCode = 78;
}
