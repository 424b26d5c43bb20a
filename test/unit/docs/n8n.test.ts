import { CareerHooksApi } from '../../../credentials/CareerHooksApi.credentials';

test("n8n's users are led to their page by the credential", () => {
  expect(new CareerHooksApi().documentationUrl).toMatch(/\/docs\/n8n\.md$/);
});
