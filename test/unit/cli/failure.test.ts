import { StoreError } from '@careerhooks/store';
import { TemporalError } from '@careerhooks/temporal';
import { exitCodeOf, isForeseen } from '../../../cli/src/failure';
import { SettingError, SetupError } from '../../../cli/src/settings';

it.each([
  new SettingError('These settings are wrong'),
  new StoreError('master_key_unknown', 'sealed under another key'),
  new StoreError('master_key_invalid', 'not 32 bytes'),
  new TemporalError('setting_invalid', 'TEMPORAL_ADDRESS'),
  new TemporalError('setting_refused', 'TEMPORAL_TLS'),
])('is 78 where a setting has to be changed: %s', (error) => {
  expect([exitCodeOf(error), isForeseen(error)]).toEqual([78, true]);
});

it.each<Error>([
  new SetupError('Port 3400 is taken.'),
  new StoreError('database_unusable', 'the database does not answer'),
  new StoreError('data_folder_in_use', 'another has it'),
  new TemporalError('port_taken', 'Port 7233'),
  Object.assign(new Error('EACCES: permission denied'), { syscall: 'mkdir', code: 'EACCES' }),
])('is 1 where it may pass, or something else has to be done: %s', (error) => {
  expect([exitCodeOf(error), isForeseen(error)]).toEqual([1, true]);
});

it.each([new TypeError('x is undefined'), { code: 'setting_invalid' }, undefined])(
  'is 1, with a stack, where nobody had foreseen it: %s',
  (error) => {
    expect([exitCodeOf(error), isForeseen(error)]).toEqual([1, false]);
  },
);
