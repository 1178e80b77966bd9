-- The number an op was accepted under may belong to another database: after a restore into a new one it lies ahead of
-- every cursor, and the phone would go on showing the verdict's row for ever. The row is told as it is now, so a
-- reader who passed now has passed it.

create or replace function app.present_verdict(p_op_id uuid, p_verdict jsonb, p_secret text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
  v_row jsonb;
begin
  if p_verdict ->> 'status' = 'refused' then
    return jsonb_strip_nulls(jsonb_build_object('op_id', p_op_id, 'status', 'refused', 'code', p_verdict -> 'code',
      'field', p_verdict -> 'field'));
  end if;
  v_row := app.row_for(p_verdict ->> 'kind', (p_verdict ->> 'entity_id')::uuid, (p_verdict ->> 'part_id')::uuid,
    p_secret);
  if p_verdict ->> 'status' = 'applied' then
    return jsonb_build_object('op_id', p_op_id, 'status', 'applied', 'row', v_row,
      'xid', least((p_verdict ->> 'xid')::xid8, pg_current_xact_id())::text);
  elsif v_row is null then   -- the right to see it is gone
    return jsonb_build_object('op_id', p_op_id, 'status', 'refused', 'code', 'not_allowed');
  end if;
  return jsonb_build_object('op_id', p_op_id, 'status', 'conflict', 'row', v_row);
end $$;
