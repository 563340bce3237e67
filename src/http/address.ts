import type { FastifyInstance } from 'fastify';

/** Where the server listens. */
export interface Address {
  readonly host: string;
  /** The port in use, also when 0 was asked for. */
  readonly port: number;
  /** Base URL without trailing slash, such as http://127.0.0.1:8080. */
  readonly url: string;
}

/**
 * Starts listening.
 * @param port 0 takes a free one
 * @throws when the port is taken or the host is none of this machine
 */
export async function listen(
  server: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<Address> {
  await listenOrExplain(server, host, port);
  const bound = boundPort(server) ?? port;
  const inUrl = host.includes(':') ? `[${host}]` : host;
  return { host, port: bound, url: `http://${inUrl}:${bound}` };
}

async function listenOrExplain(server: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = 'free that address or give another one with RTE_HOST and RTE_PORT';
    throw new Error(`${host} port ${port} cannot be listened on (${reason}): ${remedy}`, {
      cause: error,
    });
  }
}

function boundPort(server: FastifyInstance): number | undefined {
  const address = server.server.address();
  return address !== null && typeof address === 'object' ? address.port : undefined;
}
