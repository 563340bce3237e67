/** The three ways to log in to WSI. The password of an extension is its SIP password. */
export type WsiCredentials =
  | { readonly kind: 'administrator'; readonly username: string; readonly password: string }
  | {
      readonly kind: 'user';
      readonly username: string;
      readonly password: string;
      readonly domain: string;
    }
  | {
      readonly kind: 'extension';
      readonly extensionNumber: string;
      readonly password: string;
      readonly domain: string;
    };

/** The first message of a connection. */
export function authCommand(credentials: WsiCredentials): string {
  return JSON.stringify({ command: 'auth', ...fieldsOf(credentials) });
}

function fieldsOf(credentials: WsiCredentials) {
  switch (credentials.kind) {
    case 'administrator': {
      const { username, password } = credentials;
      return { username, password };
    }
    case 'user': {
      const { username, password, domain } = credentials;
      return { username, password, domain };
    }
    case 'extension': {
      const { extensionNumber, password, domain } = credentials;
      return { extension_number: extensionNumber, password, domain };
    }
  }
}

/** Says for operators who was refused, and what to look at; without the password. */
export function describeLogin(credentials: WsiCredentials): string {
  switch (credentials.kind) {
    case 'administrator':
      return `administrator ${credentials.username}; check PORTSIP_USERNAME and PORTSIP_PASSWORD, or set PORTSIP_DOMAIN for a tenant's user`;
    case 'user':
      return `user ${credentials.username} of ${credentials.domain}; check PORTSIP_USERNAME, PORTSIP_PASSWORD (the user's password) and PORTSIP_DOMAIN (the tenant's SIP domain)`;
    case 'extension':
      return `extension ${credentials.extensionNumber} of ${credentials.domain}; check PORTSIP_USERNAME, PORTSIP_PASSWORD (the extension's SIP password) and PORTSIP_DOMAIN (the tenant's SIP domain)`;
  }
}
