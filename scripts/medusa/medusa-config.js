// What the shop is made of; index.mjs sets DATABASE_URL.
const { defineConfig } = require('@medusajs/framework/utils')

const only = 'only for tests'
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseDriverOptions: { ssl: false },
    http: { jwtSecret: only, cookieSecret: only, storeCors: '', adminCors: '', authCors: '' },
  },
  admin: { disable: true },
})
