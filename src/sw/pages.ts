/**
 * Addresses that the worker leaves to the network, as path and query: the server's functions, and files, whose last part
 * has a full stop. A `#` that a mail client wrote as `%23` ends the path as a `#` does.
 */
export const NOT_PAGES = [
  /^\/(rest|auth|storage|functions|realtime)\//,
  /^\/__/,
  /^(?:(?!%(?:25)*23)[^?])*\.(?:(?!%(?:25)*23)[^?/])*(?:%(?:25)*23|\?|$)/,
]
