/** Reads the functions of `public` from the catalog and writes the SQL that calls them, as PostgREST does. */
import pg from 'pg'

export interface Parameter {
  name: string
  type: string
}

export interface SqlFunction {
  name: string
  parameters: Parameter[]
  /** How many parameters, counted from the last, have a default. */
  defaults: number
  isVolatile: boolean
  returnsSet: boolean
  /** The name of the type, or `void`. */
  returns: string
}

const CATALOG = `
  select p.proname as name, p.provolatile = 'v' as "isVolatile", p.proretset as "returnsSet",
    format_type(p.prorettype, null) as returns, p.pronargdefaults as defaults,
    coalesce((
      select json_agg(json_build_object('name', coalesce(p.proargnames[i], ''), 'type', format_type(t, null)) order by i)
      from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(t, i)
      where p.proargmodes is null or p.proargmodes[i] in ('i', 'b', 'v')
    ), '[]') as parameters
  from pg_proc p
  where p.pronamespace = 'public'::regnamespace and p.prokind = 'f'
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  order by p.proname, p.oid`

/** Every function of `public` except those of extensions, sorted by name. */
export async function readFunctions(client: Pick<pg.Pool, 'query'>): Promise<SqlFunction[]> {
  return (await client.query<SqlFunction>(CATALOG)).rows
}

/** Looks functions up by name in a cache, and reads the catalog again when a name is missing there. */
export function createCatalog(pool: pg.Pool): (name: string) => Promise<SqlFunction[]> {
  let known: SqlFunction[] = []
  const named = (name: string) => known.filter((fn) => fn.name === name)
  return async (name) => {
    if (named(name).length === 0) known = await readFunctions(pool)
    return named(name)
  }
}

/** The overload that takes all of these names and needs no other. */
export const matching = (overloads: SqlFunction[], names: string[]): SqlFunction | undefined =>
  overloads.find(
    ({ parameters, defaults }) =>
      names.every((name) => parameters.some((parameter) => parameter.name === name)) &&
      parameters.every(
        (parameter, index) => names.includes(parameter.name) || index >= parameters.length - defaults,
      ),
  )

/** The overload with one unnamed json parameter, which takes the whole body. */
export const takingBody = (overloads: SqlFunction[]): SqlFunction | undefined =>
  overloads.find(
    ({ parameters: [first, second] }) => first?.name === '' && !second && /^jsonb?$/.test(first.type),
  )

/** A statement whose `result` is the JSON that the caller gets. The arguments come from `$1…`, in the given form. */
export function callSql(fn: SqlFunction, names: string[], from: 'json' | 'texts' | 'body'): string {
  const used = fn.parameters.filter((parameter) => names.includes(parameter.name))
  const quoted = used.map(({ name, type }) => ({ name: pg.escapeIdentifier(name), type }))
  const args =
    from === 'body'
      ? `$1::${fn.parameters[0]?.type}`
      : quoted
          .map(({ name, type }, i) => `${name} => ${from === 'json' ? `args.${name}` : `$${i + 1}::${type}`}`)
          .join(', ')
  const call = `public.${pg.escapeIdentifier(fn.name)}(${args})`
  const record = `json_to_record($1::json) as args(${quoted.map(({ name, type }) => `${name} ${type}`).join(', ')})`
  const source = from === 'json' && quoted.length ? [record] : []
  if (fn.returnsSet) {
    return `select coalesce(json_agg(r), '[]')::text as result from ${[...source, `lateral ${call} as r`].join(', ')}`
  }
  const result = fn.returns === 'void' ? `${call}::text` : `coalesce(to_json(${call}), 'null')::text`
  return `select ${result} as result ${source.length ? `from ${record}` : ''}`
}
