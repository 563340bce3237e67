import type { DescribedOperation } from '../operation.js';
import type { Documents, JsonSchema, RestOptions } from '../services.js';
import { openApiDocument } from './openapi-document.js';
import { otherOperations } from './other-operations.js';
import { documentationPage } from './page.js';

/** Makes the documents, each when it is asked for first: most hubs are never asked. */
export function createDocuments(
  operations: readonly DescribedOperation[],
  { catalogue, asyncApi }: Pick<RestOptions, 'catalogue' | 'asyncApi'>,
): Documents {
  const all = [...operations, ...otherOperations];
  return {
    openApi: once(() => openApiDocument(all, catalogue)),
    asyncApi: once<JsonSchema>(asyncApi),
    page: once(() => documentationPage(all, catalogue)),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
