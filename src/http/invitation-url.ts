// Where somebody takes up an invitation. Used by the API, the command `staff` and the greeting at the first start.

/** The link of an invitation. What stands behind # is sent to no server and stands in no log. @param address of the service, without a slash at the end */
export function invitationUrl(address: string, secret: string): string {
  return `${address}/console/invitation#${secret}`;
}
