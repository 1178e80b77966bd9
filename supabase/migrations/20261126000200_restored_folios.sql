-- Folios given out after the backup are on people's phones, in their letters and on paper, and the restored
-- sequence knows nothing of them. A new epoch begins beyond whatever one backup may lack.

create or replace function app.begin_epoch() returns void
language sql volatile set search_path = '' as $$
  delete from app.change_log;
  update app.sync_state set generation = generation + 1, pruned_to = '0';
  select setval('app.folio_numbers', nextval('app.folio_numbers') + 100000);
$$;
