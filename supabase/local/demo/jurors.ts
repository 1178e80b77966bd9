/** The jurors of the demonstration. They have no other task: whoever reads submissions knows their authors. */
import { withClient } from '../database'
import { DEMO_JURORS } from '../keys'
import { idOf } from './phone'

const USER = `insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data,
    raw_user_meta_data, created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new)
  values ('00000000-0000-0000-0000-000000000000', $1, 'authenticated', 'authenticated', $2,
    extensions.crypt($3, extensions.gen_salt('bf', 10)), now(), '{"provider": "email", "providers": ["email"]}', '{}', now(), now(),
    '', '', '', '') on conflict (id) do nothing`
const IDENTITY = `insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
  values ($1::text, $1::uuid, jsonb_build_object('sub', $1::text, 'email', $2::text, 'email_verified', true), 'email', now(), now(),
    now()) on conflict (provider_id, provider) do nothing`
const ROLE = `insert into app.staff (user_id, role, name) values ($1, 'juror', $2)
  on conflict (user_id, role, convocatoria_id, jornada_id) do nothing`

/** Makes them as the seed makes the other members of staff: the accounts of a hosted project come by invitation. */
export const makeJurors = (databaseUrl: string): Promise<void> =>
  withClient(databaseUrl, async (client) => {
    for (const [place, { email, password }] of DEMO_JURORS.entries()) {
      const id = idOf(`juror:${place}`)
      await client.query(USER, [id, email, password])
      await client.query(IDENTITY, [id, email])
      await client.query(ROLE, [id, `Jurado de ejemplo ${place + 1}`])
    }
  })
