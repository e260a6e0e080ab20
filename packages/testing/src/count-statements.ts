import type { Database } from '@athena-memory/db-core'

/** A database that counts the statements begun through it, inside its transactions too. */
export const countStatements = (db: Database, counter: { statements: number }): Database => ({
  ...db,
  query: new Proxy(db.query, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (typeof value !== 'function') return value
      counter.statements += 1
      return value.bind(target)
    },
  }),
  insertRows(table, rows, options) {
    counter.statements += 1
    return db.insertRows(table, rows, options)
  },
  transaction: (work) => db.transaction((tx) => work(countStatements(tx, counter))),
  read: (work) => db.read((snapshot) => work(countStatements(snapshot, counter))),
})
