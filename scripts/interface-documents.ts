import { format, resolveConfig } from 'prettier';
import { createDocuments } from '../src/http/rest/documents/create-documents.js';
import { restOperations } from '../src/http/rest/operations/all.js';
import { restCatalogue } from '../src/composition/rest-options.js';
import { asyncApiDocument } from '../src/rte/async-api-document.js';

const folder = new URL('../openapi/', import.meta.url);

/** A document of an interface, as its file has to be. */
interface InterfaceDocument {
  readonly name: string;
  readonly file: URL;
  readonly text: string;
}

/** The OpenAPI and the AsyncAPI document as their files have to be. */
export async function interfaceDocuments(): Promise<InterfaceDocument[]> {
  const documents = createDocuments(restOperations(), {
    catalogue: restCatalogue,
    asyncApi: asyncApiDocument,
  });
  return [
    await fileOf('openapi.json', documents.openApi()),
    await fileOf('asyncapi.json', documents.asyncApi()),
  ];
}

async function fileOf(name: string, document: object): Promise<InterfaceDocument> {
  const file = new URL(name, folder);
  const options = { ...(await resolveConfig(file)), filepath: file.pathname };
  return { name, file, text: await format(JSON.stringify(document), options) };
}
