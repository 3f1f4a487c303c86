// A small Medusa shop for Ombud's tests: `node index.mjs` makes its database and its goods, serves until it is ended.
// OMBUD_TEST_POSTGRES says where PostgreSQL is, PORT where to listen; with-medusa starts it.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { seed } from './seed.mjs'

const require = createRequire(import.meta.url)
const server = new URL(process.env.OMBUD_TEST_POSTGRES)
const database = `medusa_${process.pid}`

const first = new pg.Client({ connectionString: server.href })
await first.connect()
await first.query(`CREATE DATABASE ${database}`)
await first.end()

server.pathname = database
process.env.DATABASE_URL = server.href
const directory = fileURLToPath(new URL('.', import.meta.url))
process.chdir(directory)
const migrate = ['db:migrate', '--skip-scripts', '--execute-safe-links']
execFileSync(process.execPath, [require.resolve('@medusajs/cli/cli.js'), ...migrate], { stdio: 'inherit' })

const start = require('@medusajs/medusa/commands/start').default
await start({ directory, host: '127.0.0.1', port: Number(process.env.PORT) })
await seed(require('@medusajs/framework').container)
console.log('ready')
