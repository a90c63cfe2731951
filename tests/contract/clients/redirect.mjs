// Loaded before a test: whoever dials one of Amazon's host names reaches the sandbox, and TLS checks its
// certificate against the name that was dialled. The clients are not touched, and no name is looked up.
import tls from 'node:tls'

const connect = tls.connect

tls.connect = (options, ...rest) =>
  options.host?.endsWith('.amazon.com')
    ? connect({ ...options, servername: options.host, host: '127.0.0.1', port: process.env.SANDBOX_PORT },
      ...rest)
    : connect(options, ...rest)
