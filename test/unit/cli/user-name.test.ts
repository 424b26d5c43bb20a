import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { userName } from '../../../cli/src/user-name';

test('a user has a name where the machine knows one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'careerhooks-users-'));
  const passwd = join(folder, 'passwd');
  writeFileSync(
    passwd,
    'root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\nada2:x:1000:1::/:/bin/sh\n',
  );
  expect(userName(1000, passwd)).toBe('ada (uid 1000)');
  expect(userName(1234, passwd)).toBe('uid 1234');
  expect(userName(1234, join(folder, 'none'))).toBe('uid 1234');
  rmSync(folder, { recursive: true });
});
