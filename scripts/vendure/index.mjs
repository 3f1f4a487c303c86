// A small Vendure shop for Ombud's tests: `node index.mjs` makes its database and its goods, serves until it is ended.
// OMBUD_TEST_POSTGRES says where PostgreSQL is, PORT where to listen; with-vendure starts it.
import pg from 'pg'
import { bootstrap, dummyPaymentHandler, LogLevel, DefaultLogger, LanguageCode } from '@vendure/core'
import { populate } from '@vendure/core/cli/index.js'
import { fileURLToPath } from 'node:url'
import { initialData } from './initial-data.mjs'

const server = new URL(process.env.OMBUD_TEST_POSTGRES)
const database = `vendure_${process.pid}`
const login = { host: server.hostname, port: Number(server.port), password: decodeURIComponent(server.password) }

const first = new pg.Client({ ...login, user: server.username, database: server.pathname.slice(1) })
await first.connect()
await first.query(`CREATE DATABASE ${database}`)
await first.end()

const config = {
  apiOptions: { hostname: '127.0.0.1', port: Number(process.env.PORT), adminApiPath: 'admin-api', shopApiPath: 'shop-api' },
  authOptions: {
    tokenMethod: ['bearer', 'cookie'],
    superadminCredentials: { identifier: 'superadmin', password: 'superadmin' },
    cookieOptions: { secret: 'only for tests' },
    requireVerification: false,
  },
  dbConnectionOptions: { type: 'postgres', ...login, username: server.username, database, synchronize: true, logging: false },
  defaultLanguageCode: LanguageCode.en,
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  logger: new DefaultLogger({ level: LogLevel.Warn, timestamp: false }),
  plugins: [],
}

await populate(() => bootstrap(config), initialData, fileURLToPath(new URL('products.csv', import.meta.url)))
console.log('ready')
