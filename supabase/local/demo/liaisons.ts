/** The liaisons of some bodies without a registration, and their invitation, as staff write them in «Padrón» and «Enlaces». */
import { DEMO_COORDINATOR } from '../keys'
import type { Phone } from './phone'

interface RegistryBody {
  id: string
  version: number
  liaison: object | null
}

/** How many bodies have a liaison. The others of the group show how a body without an address looks. */
const COUNT = 4

/** `bodies`: those of a group that have not registered. Repeating it writes nobody twice. */
export async function inviteLiaisons(phone: Phone, group: string, bodies: { id: string }[]): Promise<void> {
  const token = await phone.signIn(DEMO_COORDINATOR)
  for (const [index, { id }] of bodies.slice(0, COUNT).entries()) {
    const body = await phone.post<RegistryBody>('/rest/v1/rpc/registry_body', { p_id: id }, token)
    if (body.liaison) continue
    const number = index + 1
    const liaison = {
      name: `Enlace de muestra ${number}`,
      post: 'Titular de la Unidad de Transparencia',
      email: `enlace${number}@demo.example`,
    }
    const request = { p_id: id, p_expected_version: body.version, p_data: { ...body, liaison } }
    await phone.post('/rest/v1/rpc/save_body', request, token)
  }
  await phone.post('/rest/v1/rpc/write_to_liaisons', { p_group: group, p_kind: 'invitation' }, token)
}
