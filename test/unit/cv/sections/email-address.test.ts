import { emailAddress } from '../../../../cv/src/sections/email-address';

it('takes an address in any script, and says what else must be one', () => {
  expect(emailAddress.safeParse('josé@bücher.example').success).toBe(true);
  const refused = emailAddress.safeParse('nobody');
  expect(refused.error?.issues[0]?.message).toBe('must be an e-mail address');
});
