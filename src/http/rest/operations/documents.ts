import { PAGE_HEADERS } from '../documents/page-policy.js';
import { noBody, noQuery, openOperation, type Operation } from '../operation.js';
import { ok } from '../results.js';

const tag = 'Documents';

/** The interfaces of the hub, described for tools and for people. */
export const documentOperations: readonly Operation[] = [
  openOperation({
    id: 'getOpenApi',
    method: 'GET',
    path: '/openapi.json',
    tag,
    summary: 'This document',
    query: noQuery,
    body: noBody,
    success: { 200: { description: 'OpenAPI 3.1.', body: { kind: 'object' } } },
    entityTag: true,
    handle: (_input, { documents }) => ok(documents.openApi()),
  }),
  openOperation({
    id: 'getAsyncApi',
    method: 'GET',
    path: '/asyncapi.json',
    tag,
    summary: 'The methods and messages of the hub itself, at /rte',
    query: noQuery,
    body: noBody,
    success: { 200: { description: 'AsyncAPI 3.0.', body: { kind: 'object' } } },
    entityTag: true,
    handle: (_input, { documents }) => ok(documents.asyncApi()),
  }),
  openOperation({
    id: 'getDocumentation',
    method: 'GET',
    path: '/docs',
    tag,
    summary: 'These paths and the events, as a page',
    query: noQuery,
    body: noBody,
    success: { 200: { description: 'A page.', body: { kind: 'text' } } },
    produces: 'text/html',
    entityTag: true,
    handle: (_input, { documents }) => ok(documents.page(), PAGE_HEADERS),
  }),
];
