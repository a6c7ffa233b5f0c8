// flows/schema.json is generated: this test keeps it current. Write it anew with `npx vitest run test/engine/json-schema.test.ts -u`.
import { expect, it } from 'vitest';
import { flowJsonSchema } from '../../src/engine/json-schema.ts';

it('flows/schema.json is what the flow language is', async () => {
  await expect(`${JSON.stringify(flowJsonSchema(), null, 2)}\n`).toMatchFileSnapshot('../../flows/schema.json');
});
