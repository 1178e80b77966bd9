/** The faults that the engine must survive, by part. */
export const FAULTS = `
Network: answer lost after commit · request lost · duplicate delivery · replies reordered · captive-portal 200 HTML · \`onLine\` lies · 40 s stall · DNS/TLS failure · 429 on HEAD · 500/503 storm.
Process: kill at each await · worker killed mid-send · two tabs claim leadership · leader frozen then resumed stale · old tab with new schema · blocked schema upgrade · deploy removes a lazy chunk mid-draft.
Identity: 401 mid-PATCH · refresh token revoked · user switch with a queue · right revoked mid-queue · clock ±2 days.
Database: commit below the cursor · long transaction · deadlock and lock timeout inside a batch · statement timeout · restored database (epoch) · hard delete · row leaves sight · moderation conflict · same op_id with new payload · poison op · dependency refused · server restart mid-drain.
Storage: QuotaExceeded · partial write · connection lost · UnknownError after lock · total eviction · picked file unreadable.
Media and upload: recorder yields zero bytes · audio dropped · remux out of memory · upload address expired · offset ahead or behind · 409/423/503 · final PATCH's answer lost · object exists, row missing · status flipped mid-upload · two equal-sized videos · empty share POST · one pass scanned on two phones.
`
  .trim()
  .split('\n')
  .flatMap((line) => line.slice(line.indexOf(':') + 2, -1).split(' · '))
