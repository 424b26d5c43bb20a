import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEgressClient } from '@careerhooks/egress';
import { commitCvChange, finishCvChange, getCvChange } from '@careerhooks/store';
import { pino } from 'pino';
import { readSmtpUrl } from '../../../cli/src/read-smtp-url';
import { createCvActivities } from '../../../worker/src/cv/cv-activities';
import { createDatabase } from '../../support/databases';
import { startSmtpServer } from '../../support/smtp-server';

const POLICY = { httpsOnly: false, publicOnly: false, allow: [] };

test('a workflow that began before each channel was told by itself tells none twice', async () => {
  let told = 0;
  const slack = createServer((request, response) => {
    request.resume().on('end', () => {
      told += 1;
      response.end();
    });
  });
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
  const smtp = await startSmtpServer();
  const database = await createDatabase('sqlite');
  const store = await database.open();
  const egress = createEgressClient(POLICY);
  const activities = createCvActivities(
    { store, egress, wake: () => undefined, log: pino({ level: 'silent' }) },
    {
      githubUrl: 'http://github.invalid',
      notify: {
        slackUrl: `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/x`,
        email: 'owner@example.com',
        smtp: readSmtpUrl(smtp.url),
      },
      fonts: { lang: 'en' },
      pdf: { style: 'classic', paper: 'a4' },
      egressPolicy: POLICY,
      debug: false,
    },
  );
  const change = { action: 'update', section: 'skills', data: '[]', receivedAt: Date.now() };
  const { id } = (await commitCvChange(store, change, () => ({ continues: true })))!;

  smtp.refuses = true;
  await expect(activities.notifyOwner(id, [])).rejects.toThrow('550');
  await expect(activities.notifyOwner(id, [])).rejects.toThrow('550');
  smtp.refuses = false;
  expect(await activities.notifyOwner(id, [])).toEqual({ status: 'completed' });
  expect(await activities.notifyOwner(id, [])).toEqual({ status: 'completed' });
  expect(told).toBe(1);
  expect(smtp.messages).toHaveLength(1);
  expect(await activities.finishCvUpdate(id, [])).toEqual({ status: 'completed' });
  const steps = (await getCvChange(store, id))?.steps.map(({ step, tries }) => [step, tries]);
  expect(steps).toContainEqual(['notification.email', 3]);
  expect(steps).toContainEqual(['notification.slack', 1]);
  expect(await finishCvChange(store, id, [])).toBe('completed');

  await egress.close();
  await smtp.stop();
  slack.close();
  await database.drop();
});
