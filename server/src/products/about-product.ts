import { type About, COMPATIBILITY } from '../openapi/about';
import type { WebhookProduct } from './product';

/** What the OpenAPI document of a product's own API says of itself. */
export function aboutProduct(product: WebhookProduct): About {
  return {
    title: `CareerHooks for ${product.name}`,
    description: `The webhook API of ${product.name}'s own document, as CareerHooks serves it.

**Tokens.** Send a key with the scope \`manage\`, or a token of ${product.name}'s own, as \`Authorization: Bearer <token>\`; under \`/${product.system}\` the admin token may do everything.

**Compatibility.** ${COMPATIBILITY}`,
    root: `/${product.system}`,
    otherTokens: `a token of ${product.name}'s own, or the admin token`,
    tags: product.tags,
    errors: {
      type: 'application/json',
      schema: product.errorSchema,
      present: (problem, method) => product.answerError(problem, { method }),
      always: ['token_unverifiable'],
    },
  };
}
