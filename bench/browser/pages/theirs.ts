import { UserManager, WebStorageStateStore } from 'oidc-client-ts'

/** What oidc-client-ts has for one client. */
export function managerOf(name: string): UserManager {
  return new UserManager({
    authority: `https://${name}.test`,
    client_id: 'me',
    redirect_uri: location.href,
    automaticSilentRenew: false,
    userStore: new WebStorageStateStore({ store: localStorage }),
  })
}
