/** The systems that an installation can begin with. */
export const INIT_SOURCES = ['wazo', 'portsip'] as const;

export type InitSource = (typeof INIT_SOURCES)[number];

export function isInitSource(text: string): text is InitSource {
  return INIT_SOURCES.some((source) => source === text);
}

const COMMON = `# Settings of rte-hub, begun by rte-hub init. rte-hub print-config shows all
# that are in force; the README has a table of them.

# Who exists, and who may see what.
RTE_DIRECTORY=directory.json
# Keys and callback requests. The hub must be able to write there.
RTE_DATA_DIR=data

# Where to listen. From other machines: 0.0.0.0, behind a proxy that speaks TLS.
RTE_HOST=127.0.0.1
RTE_PORT=8080
# RTE_PUBLIC_URL=https://rte.example
`;

const OF_SOURCE: Readonly<Record<InitSource, string>> = {
  wazo: `
# Wazo's RabbitMQ.
WAZO_AMQP_URL=amqp://guest:guest@127.0.0.1:5672/
# Wazo's REST services, for the state at the start, the directory and logins.
# WAZO_URL=https://wazo.example
# WAZO_USERNAME=rte-hub
# WAZO_PASSWORD=
`,
  portsip: `
# The PBX, and a user of its tenant with the rights that the README names.
PORTSIP_WSI_URL=wss://pbx.example:8887/wsi
PORTSIP_USERNAME=rte-hub
PORTSIP_PASSWORD=change-me
PORTSIP_DOMAIN=acme.example
# Its REST API, for the directory.
# PORTSIP_API_URL=https://pbx.example:8887/api
`,
};

/** The text of the .env that an installation begins with. */
export function firstEnvironment(source: InitSource): string {
  return `${COMMON}${OF_SOURCE[source]}`;
}
