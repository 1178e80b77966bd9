/** The function sign: what it signs, for whom, and that a phone can verify it with the keys of bootstrap. */
import { randomBytes, randomUUID } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { bytesToHex } from '@noble/curves/utils.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { readPortable } from '@/staff/studio/portable/portableFile'
import { DEMO_LOGINS } from '../../supabase/local/keys'
import { secretHeader } from '../../supabase/functions/_shared/callerSecret'
import { createHandler } from '../../supabase/functions/sign/handler'
import type { SigningKeys } from '../../supabase/functions/sign/keys'
import { anonymous, call, type Client, signedIn, staffLogin } from './clients'

const KINDS = ['propuestas', 'videos', 'jornadas']
const fileOf = (document: unknown) => new Blob([JSON.stringify(document)])

describe('signing a campaign', () => {
  let editor: Client
  const id = randomUUID()
  const sign = async (client: Client, body: object) => {
    const { data } = await client.auth.getSession()
    const token = data.session?.access_token
    const response = await call('/functions/v1/sign', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: token ? { authorization: `Bearer ${token}` } : {},
    })
    return { status: response.status, body: await response.json() }
  }

  beforeAll(async () => {
    editor = await signedIn(DEMO_LOGINS['campañas y jornadas'])
    const { error } = await editor.rpc('create_convocatoria', { p_id: id, p_kind: 'propuestas' })
    expect(error).toBeNull()
  })

  test('an editor gets a file that verifies with a key of bootstrap and imports as a draft', async () => {
    const { status, body } = await sign(editor, { document: 'campaign', id })
    expect(status).toBe(200)
    const file = await readPortable(fileOf(body), KINDS)
    const { data } = await anonymous().rpc('bootstrap')
    expect(data?.signing_keys).toContainEqual({ id: file.key_id, public_key: file.public_key })
    const draft = randomUUID()
    const imported = await editor.rpc('import_campaign', { p_id: draft, p_document: file })
    expect(imported.data).toEqual({ id: draft })
  })

  test.each([
    ['text', (file: Record<string, unknown>) => (file['exported_at'] = '2020-01-01T00:00:00Z')],
    ['institution', (file: Record<string, unknown>) => (file['institution'] = { name: 'Otra' })],
    [
      'key',
      (file: Record<string, unknown>) =>
        (file['public_key'] = bytesToHex(ed25519.getPublicKey(randomBytes(32)))),
    ],
    ['added field', (file: Record<string, unknown>) => (file['more'] = 1)],
  ])('a signed file with another %s does not verify', async (_, tamper) => {
    const { body } = await sign(editor, { document: 'campaign', id })
    tamper(body)
    await expect(readPortable(fileOf(body), KINDS)).rejects.toMatchObject({ code: 'portable_tampered' })
  })

  test('whoever may not edit the campaign gets no signature', async () => {
    const moderator = await signedIn(staffLogin())
    expect(await sign(moderator, { document: 'campaign', id })).toMatchObject({
      status: 403,
      body: { message: 'not_allowed' },
    })
    expect((await sign(anonymous(), { document: 'campaign', id })).status).toBeGreaterThanOrEqual(400)
  })

  test('an unknown document and a malformed request are refused', async () => {
    for (const body of [
      { document: 'cheque', id },
      { document: 'campaign' },
      { document: 'toString', id },
      [],
    ])
      expect(await sign(editor, body)).toMatchObject({ status: 400, body: { message: 'malformed_op' } })
    expect((await call('/functions/v1/sign')).status).toBe(405)
  })

  test('a schedule that does not show the secret is refused as such', async () => {
    for (const headers of [{}, secretHeader('another')])
      expect((await call('/functions/v1/sign', { method: 'POST', body: '{}', headers })).status).toBe(401)
  })

  test('sign allows requests from another origin', async () => {
    const response = await call('/functions/v1/sign', {
      method: 'OPTIONS',
      headers: { origin: 'https://participa.example', 'access-control-request-method': 'POST' },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('the keys', () => {
  const published: { id: string; public_key: string }[][] = []
  const signWith = async (keys: SigningKeys) => {
    const handler = createHandler({
      keys,
      callerSecret: '',
      read: async () => ({ status: 200, body: { schema: 1 } }),
      asService: async (name, args) => {
        expect(name).toBe('keep_signing_keys')
        published.push((args as { p_keys: (typeof published)[number] }).p_keys)
        return { status: 200, body: {} }
      },
      objects: { put: async () => undefined },
    })
    const body = JSON.stringify({ document: 'campaign', id: randomUUID() })
    const response = await handler(
      new Request('http://localhost/functions/v1/sign', { method: 'POST', body }),
    )
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  test('the newest key signs, and the public key of each is published', async () => {
    const [old, recent] = [randomBytes(32), randomBytes(32)].map((seed) => bytesToHex(seed)) as [
      string,
      string,
    ]
    const { body } = await signWith({ '2027-03-01': recent, '2026-11-28': old })
    expect(body['key_id']).toBe('2027-03-01')
    expect(published.at(-1)!.map(({ id }) => id)).toEqual(['2026-11-28', '2027-03-01'])
    expect(published.at(-1)![1]!.public_key).toBe(body['public_key'])
    expect(JSON.stringify([body, published])).not.toContain(recent)
  })

  test('without a key nothing is signed', async () => {
    expect((await signWith({})).status).toBe(500)
  })
})
