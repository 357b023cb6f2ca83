/* hotdb-master-backup-nonstop on site lab, machine 08430d07d62fe6e2d0a9ce795bfefd610f9dde4403249fe65c1408a4c4cc06b3 */
/* Rendered by interlock graph; what it says and how to check it with SPIN: docs/renderings.md. */
#ifndef FAULTS
#define FAULTS 2
#endif

/* The facts of the site. */
#define master__home__old 0
#define master__home__new 1
#define master__home__absent 2
unsigned master__home : 2;
#define master__release__new 0
#define master__release__old 1
#define master__release__none 2
#define master__release__other 3
unsigned master__release : 2;
#define master__keepalived__running 0
#define master__keepalived__stopped 1
unsigned master__keepalived : 1;
#define master__ha_loaded__current 0
#define master__ha_loaded__stale 1
unsigned master__ha_loaded : 1;
#define backup__home__old 0
#define backup__home__new 1
#define backup__home__absent 2
unsigned backup__home : 2;
#define backup__release__new 0
#define backup__release__old 1
#define backup__release__none 2
#define backup__release__other 3
unsigned backup__release : 2;
#define backup__keepalived__running 0
#define backup__keepalived__stopped 1
unsigned backup__keepalived : 1;
#define backup__ha_loaded__current 0
#define backup__ha_loaded__stale 1
unsigned backup__ha_loaded : 1;
#define master__service__open 0
#define master__service__closed 1
unsigned master__service : 1;
#define backup__service__open 0
#define backup__service__closed 1
unsigned backup__service : 1;
#define master__vip__held 0
#define master__vip__absent 1
unsigned master__vip : 1;
#define backup__vip__held 0
#define backup__vip__absent 1
unsigned backup__vip : 1;
#define master__staged__old 0
#define master__staged__new 1
#define master__staged__absent 2
unsigned master__staged : 2;
#define backup__staged__old 0
#define backup__staged__new 1
#define backup__staged__absent 2
unsigned backup__staged : 2;
#define configdb__schema__old 0
#define configdb__schema__partial 1
#define configdb__schema__new 2
unsigned configdb__schema : 2;
#define configdb__sql__widening_only 0
#define configdb__sql__unsafe 1
#define configdb__sql__failing 2
unsigned configdb__sql : 2;
#define configdb__reachable__yes 0
#define configdb__reachable__no 1
unsigned configdb__reachable : 1;
#define release__package__verified 0
#define release__package__wrong 1
#define release__package__missing 2
unsigned release__package : 2;
#define release__jdk_package__verified 0
#define release__jdk_package__wrong 1
#define release__jdk_package__missing 2
unsigned release__jdk_package : 2;
#define master__licence__enough 0
#define master__licence__short 1
unsigned master__licence : 1;
#define master__kept__old 0
#define master__kept__new 1
#define master__kept__absent 2
unsigned master__kept : 2;
#define backup__kept__old 0
#define backup__kept__new 1
#define backup__kept__absent 2
unsigned backup__kept : 2;
#define master__manager__open 0
#define master__manager__closed 1
unsigned master__manager : 1;
#define backup__manager__open 0
#define backup__manager__closed 1
unsigned backup__manager : 1;
#define master__xml_role__master 0
#define master__xml_role__backup 1
#define master__xml_role__other 2
unsigned master__xml_role : 2;
#define backup__xml_role__master 0
#define backup__xml_role__backup 1
#define backup__xml_role__other 2
unsigned backup__xml_role : 2;
#define backup__started_as__master 0
#define backup__started_as__backup 1
unsigned backup__started_as : 1;
#define master__ha_role__master 0
#define master__ha_role__backup 1
#define master__ha_role__other 2
unsigned master__ha_role : 2;
#define master__ha_file__valid 0
#define master__ha_file__invalid 1
unsigned master__ha_file : 1;
#define master__called__yes 0
#define master__called__no 1
unsigned master__called : 1;
#define backup__ha_role__master 0
#define backup__ha_role__backup 1
#define backup__ha_role__other 2
unsigned backup__ha_role : 2;
#define backup__ha_file__valid 0
#define backup__ha_file__invalid 1
unsigned backup__ha_file : 1;
#define backup__called__yes 0
#define backup__called__no 1
unsigned backup__called : 1;
#define master__ha_pair__fails_over 0
#define master__ha_pair__broken 1
unsigned master__ha_pair : 1;
#define master__config_check__passed 0
#define master__config_check__failed 1
unsigned master__config_check : 1;
#define master__memory__same 0
#define master__memory__differs 1
unsigned master__memory : 1;
#define master__ddl__idle 0
#define master__ddl__running 1
unsigned master__ddl : 1;
#define clients__answer__yes 0
#define clients__answer__no 1
unsigned clients__answer : 1;
#define master__sessions__drained 0
#define master__sessions__busy 1
unsigned master__sessions : 1;
#define backup__jdk__ready 0
#define backup__jdk__absent 1
unsigned backup__jdk : 1;
#define master__jdk__ready 0
#define master__jdk__absent 1
unsigned master__jdk : 1;
#define configdb__dump__complete 0
#define configdb__dump__none 1
unsigned configdb__dump : 1;
#define backup__process__running 0
#define backup__process__stopped 1
unsigned backup__process : 1;
#define backup__settings__merged 0
#define backup__settings__unmerged 1
unsigned backup__settings : 1;
#define master__process__running 0
#define master__process__stopped 1
unsigned master__process : 1;
#define master__settings__merged 0
#define master__settings__unmerged 1
unsigned master__settings : 1;
#define master__started_as__master 0
#define master__started_as__backup 1
unsigned master__started_as : 1;
#define configdb__changed__yes 0
#define configdb__changed__no 1
unsigned configdb__changed : 1;

/* Where the operator stands (its label says more), and what may still go wrong. */
#define phase__preflight 0
#define phase__prepare 1
#define phase__config_database 2
#define phase__upgrade_backup 3
#define phase__load_config 4
#define phase__before_switch 5
#define phase__drain 6
#define phase__switch 7
#define phase__upgrade_master 8
#define phase__rebuild 9
#define phase__final 10
#define phase__serve 11
#define phase__settle 12
#define phase__return_vip 13
#define phase__reopen 14
#define phase__undo_master 15
#define phase__stand_by 16
#define phase__switch_back 17
#define phase__stay 18
#define phase__backup_alone 19
#define phase__master_alone 20
#define phase__undo_backup 21
#define phase__undo_database 22
#define phase__clean_up 23
#define AT_AN_END 24
#define AT_A_GOOD_END 25
#define ENDED 26
#define ENDED_WELL 27
#define NOT_BEGUN 28
unsigned phase : 5 = NOT_BEGUN;
unsigned left : 3 = FAULTS;
unsigned attempt : 1;
bit pending;
#define may__action (left > 0)
#define spend__action left = left - 1
#define may__blind (left > 0)
#define spend__blind left = left - 1
#define may__crash (left > 0)
#define spend__crash left = left - 1
#define may__late (left > 0)
#define spend__late left = left - 1
#define may__lost (left > 0)
#define spend__lost left = left - 1
#define may__died (left > 0)
#define spend__died left = left - 1
unsigned left__asked : 3 = 1;
#define may__asked (left__asked > 0)
#define spend__asked left__asked = left__asked - 1
#define undisturbed (left == FAULTS && left__asked == 1)
hidden byte scratch[7];  /* not part of a state */

/* The rules; where each is in force; and whether the last move of ours, or of a site on which nothing has failed,
   has broken it. */
#define rule__two_nodes_never_serve_at_once (!((master__service != master__service__closed) && (backup__service != backup__service__closed)))
#define in_force__rule__two_nodes_never_serve_at_once ((phase < AT_AN_END || phase == AT_A_GOOD_END || phase == ENDED_WELL) && phase != phase__backup_alone && phase != phase__master_alone)
hidden byte safety__two_nodes_never_serve_at_once;
#define rule__the_VIP_has_one_holder (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent)))
#define in_force__rule__the_VIP_has_one_holder ((phase < AT_AN_END || phase == AT_A_GOOD_END || phase == ENDED_WELL) && phase != phase__switch && phase != phase__serve && phase != phase__settle && phase != phase__return_vip && phase != phase__switch_back && phase != phase__stay)
hidden byte safety__the_VIP_has_one_holder;
#define rule__clients_are_served (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))
#define in_force__rule__clients_are_served ((phase < AT_AN_END || phase == AT_A_GOOD_END || phase == ENDED_WELL) && phase != phase__switch && phase != phase__serve && phase != phase__settle && phase != phase__return_vip && phase != phase__reopen && phase != phase__switch_back && phase != phase__stay && phase != phase__backup_alone && phase != phase__master_alone)
hidden byte safety__clients_are_served;
#define rule__no_node_runs_on_a_schema_that_it_cannot_read (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))
#define in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read ((phase < AT_AN_END || phase == AT_A_GOOD_END || phase == ENDED_WELL))
hidden byte safety__no_node_runs_on_a_schema_that_it_cannot_read;

/* Of each end: that it is a success if nothing failed; and that it is true, once the site does nothing any more. */
hidden byte regret__success, not_true__success;
hidden byte regret__unchanged, not_true__unchanged;
hidden byte regret__rolled_back, not_true__rolled_back;
hidden byte regret__one_node, not_true__one_node;
hidden byte regret__in_doubt, not_true__in_doubt;
hidden byte regret__stranded, not_true__stranded;

/* What the site does by itself. */
/* keepalived on master stops, and gives the VIP up */
#define when__reaction__1 ((master__vip != master__vip__absent) && (master__keepalived != master__keepalived__running))
#define comes__reaction__1 (when__reaction__1 && (!(master__vip != master__vip__held)))
/* keepalived on backup stops, and gives the VIP up */
#define when__reaction__2 ((backup__vip != backup__vip__absent) && (backup__keepalived != backup__keepalived__running))
#define comes__reaction__2 (when__reaction__2 && (!(backup__vip != backup__vip__held)))
/* master takes the VIP that nobody holds */
#define when__reaction__3 (((master__vip != master__vip__held) && (backup__vip != backup__vip__held)) && (master__keepalived != master__keepalived__stopped))
#define comes__reaction__3 (when__reaction__3 && (!(master__vip != master__vip__absent)))
/* backup takes the VIP that nobody holds */
#define when__reaction__4 (((backup__vip != backup__vip__held) && (master__vip != master__vip__held)) && (backup__keepalived != backup__keepalived__stopped))
#define comes__reaction__4 (when__reaction__4 && (!(backup__vip != backup__vip__absent)))
/* master has the higher priority and takes the VIP from backup */
#define when__reaction__5 ((((((master__vip != master__vip__held) && (backup__vip != backup__vip__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__called != master__called__no)) && (master__ha_loaded != master__ha_loaded__stale)) && (backup__called != backup__called__yes))
#define comes__reaction__5 (when__reaction__5 && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__held))))
/* backup has the higher priority and takes the VIP from master */
#define when__reaction__6 ((((((backup__vip != backup__vip__held) && (master__vip != master__vip__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__called != backup__called__no)) && (backup__ha_loaded != backup__ha_loaded__stale)) && (master__called != master__called__yes))
#define comes__reaction__6 (when__reaction__6 && (!((backup__vip != backup__vip__absent) && (master__vip != master__vip__held))))
/* the checks on master fail, and backup takes the VIP */
#define when__reaction__7 ((((((master__vip != master__vip__absent) && (master__manager != master__manager__open)) && (master__called != master__called__yes)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__manager != backup__manager__closed)) && (backup__ha_role == backup__ha_role__backup))
#define comes__reaction__7 (when__reaction__7 && (!((master__vip != master__vip__held) && (backup__vip != backup__vip__absent))))
/* the checks on backup fail, and master takes the VIP */
#define when__reaction__8 ((((((backup__vip != backup__vip__absent) && (backup__manager != backup__manager__open)) && (backup__called != backup__called__yes)) && (master__keepalived != master__keepalived__stopped)) && (master__manager != master__manager__closed)) && (master__ha_role == master__ha_role__backup))
#define comes__reaction__8 (when__reaction__8 && (!((backup__vip != backup__vip__held) && (master__vip != master__vip__absent))))
/* master holds the VIP and goes online; started as a backup it sends backup offline */
#define when__reaction__9 ((((master__vip != master__vip__absent) && (master__keepalived != master__keepalived__stopped)) && (master__manager != master__manager__closed)) && (master__service != master__service__open))
bit lost__reaction__9;
#define comes__reaction__9 (!lost__reaction__9 && when__reaction__9 && (!((master__service != master__service__closed) && ((!(master__started_as != master__started_as__master)) || ((master__started_as != master__started_as__master) && (backup__service != backup__service__open))))))
/* backup holds the VIP and goes online; started as a backup it sends master offline */
#define when__reaction__10 ((((backup__vip != backup__vip__absent) && (backup__keepalived != backup__keepalived__stopped)) && (backup__manager != backup__manager__closed)) && (backup__service != backup__service__open))
bit lost__reaction__10;
#define comes__reaction__10 (!lost__reaction__10 && when__reaction__10 && (!((backup__service != backup__service__closed) && ((!(backup__started_as != backup__started_as__master)) || ((backup__started_as != backup__started_as__master) && (master__service != master__service__open))))))
/* open transactions on the master end */
#define when__reaction__11 (master__sessions != master__sessions__drained)
bit lost__reaction__11;
#define comes__reaction__11 (!lost__reaction__11 && when__reaction__11 && (!(master__sessions != master__sessions__busy)))
/* somebody configures something in the config database */
#define when__reaction__12 ((configdb__schema == configdb__schema__new) && (configdb__changed != configdb__changed__yes))
#define comes__reaction__12 (when__reaction__12 && (!(configdb__changed != configdb__changed__no)))
#define quiet (!comes__reaction__1 && !comes__reaction__2 && !comes__reaction__3 && !comes__reaction__4 && !comes__reaction__5 && !comes__reaction__6 && !comes__reaction__7 && !comes__reaction__8 && !comes__reaction__9 && !comes__reaction__10 && !comes__reaction__11)
/* A reaction that was lost may come when what brings it about is there anew. */
#define forget lost__reaction__9 = (lost__reaction__9 && when__reaction__9); lost__reaction__10 = (lost__reaction__10 && when__reaction__10); lost__reaction__11 = (lost__reaction__11 && when__reaction__11)

proctype site() {
end__site:
  do
  /* keepalived on master stops, and gives the VIP up */
  :: d_step { comes__reaction__1 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__vip = master__vip__absent; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* keepalived on backup stops, and gives the VIP up */
  :: d_step { comes__reaction__2 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; backup__vip = backup__vip__absent; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* master takes the VIP that nobody holds */
  :: d_step { comes__reaction__3 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__vip = master__vip__held; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* backup takes the VIP that nobody holds */
  :: d_step { comes__reaction__4 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; backup__vip = backup__vip__held; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* master has the higher priority and takes the VIP from backup */
  :: d_step { comes__reaction__5 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__vip = master__vip__held; backup__vip = backup__vip__absent; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* backup has the higher priority and takes the VIP from master */
  :: d_step { comes__reaction__6 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; backup__vip = backup__vip__held; master__vip = master__vip__absent; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* the checks on master fail, and backup takes the VIP */
  :: d_step { comes__reaction__7 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__vip = master__vip__absent; backup__vip = backup__vip__held; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* the checks on backup fail, and master takes the VIP */
  :: d_step { comes__reaction__8 -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; backup__vip = backup__vip__absent; master__vip = master__vip__held; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && left == FAULTS && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  /* master holds the VIP and goes online; started as a backup it sends backup offline */
  :: d_step { comes__reaction__9 -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; master__service = master__service__open; backup__service = ((master__started_as != master__started_as__master) -> backup__service__closed : backup__service); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && left == FAULTS && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  :: d_step { (comes__reaction__9 && phase < ENDED && may__lost) -> spend__lost; lost__reaction__9 = 1 }
  :: d_step { (comes__reaction__9 && phase < ENDED && may__lost && (!(master__service != master__service__closed))) -> spend__lost; lost__reaction__9 = 1; master__service = master__service__open; forget; }
  :: d_step { (comes__reaction__9 && phase < ENDED && may__lost && (!((!(master__started_as != master__started_as__master)) || ((master__started_as != master__started_as__master) && (backup__service != backup__service__open))))) -> spend__lost; lost__reaction__9 = 1; backup__service = ((master__started_as != master__started_as__master) -> backup__service__closed : backup__service); forget; }
  /* backup holds the VIP and goes online; started as a backup it sends master offline */
  :: d_step { comes__reaction__10 -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; backup__service = backup__service__open; master__service = ((backup__started_as != backup__started_as__master) -> master__service__closed : master__service); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && left == FAULTS && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && left == FAULTS && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); }
  :: d_step { (comes__reaction__10 && phase < ENDED && may__lost) -> spend__lost; lost__reaction__10 = 1 }
  :: d_step { (comes__reaction__10 && phase < ENDED && may__lost && (!(backup__service != backup__service__closed))) -> spend__lost; lost__reaction__10 = 1; backup__service = backup__service__open; forget; }
  :: d_step { (comes__reaction__10 && phase < ENDED && may__lost && (!((!(backup__started_as != backup__started_as__master)) || ((backup__started_as != backup__started_as__master) && (master__service != master__service__open))))) -> spend__lost; lost__reaction__10 = 1; master__service = ((backup__started_as != backup__started_as__master) -> master__service__closed : master__service); forget; }
  /* open transactions on the master end */
  :: d_step { comes__reaction__11 -> master__sessions = master__sessions__drained; forget; }
  :: d_step { (comes__reaction__11 && phase < ENDED && may__lost) -> spend__lost; lost__reaction__11 = 1 }
  /* somebody configures something in the config database */
  :: d_step { comes__reaction__12 -> configdb__changed = configdb__changed__yes; forget; }
  /* crash of hotdb-compute of master */
  :: d_step { (phase < ENDED && may__crash && (!((master__process != master__process__running) && (master__service != master__service__open) && (master__manager != master__manager__open) && (master__release == master__release__none)))) -> spend__crash; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; }
  /* crash of keepalived of master */
  :: d_step { (phase < ENDED && may__crash && (!((master__keepalived != master__keepalived__running) && (master__vip != master__vip__held) && (master__ha_loaded != master__ha_loaded__current)))) -> spend__crash; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; }
  /* crash of the host of master */
  :: d_step { (phase < ENDED && may__crash && (!((master__process != master__process__running) && (master__service != master__service__open) && (master__manager != master__manager__open) && (master__release == master__release__none) && (master__keepalived != master__keepalived__running) && (master__vip != master__vip__held) && (master__ha_loaded != master__ha_loaded__current)))) -> spend__crash; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; }
  /* crash of hotdb-compute of backup */
  :: d_step { (phase < ENDED && may__crash && (!((backup__process != backup__process__running) && (backup__service != backup__service__open) && (backup__manager != backup__manager__open) && (backup__release == backup__release__none)))) -> spend__crash; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; }
  /* crash of keepalived of backup */
  :: d_step { (phase < ENDED && may__crash && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current)))) -> spend__crash; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; }
  /* crash of the host of backup */
  :: d_step { (phase < ENDED && may__crash && (!((backup__process != backup__process__running) && (backup__service != backup__service__open) && (backup__manager != backup__manager__open) && (backup__release == backup__release__none) && (backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current)))) -> spend__crash; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; }
  od
}

proctype operator() {

/* phase preflight */
#define kept__phase__preflight (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__preflight__gates: /* preflight/gates */
  if
  :: d_step { ((!(configdb__sql == configdb__sql__failing)) && (!(configdb__sql == configdb__sql__unsafe)) && (configdb__schema == configdb__schema__old) && (configdb__reachable != configdb__reachable__no) && (release__package == release__package__verified) && (release__jdk_package == release__jdk_package__verified) && (master__licence != master__licence__short) && ((master__release == master__release__old) && (backup__release == backup__release__old)) && ((((master__home == master__home__old) && (master__kept == master__kept__absent)) && (!(master__staged == master__staged__old))) && (((backup__home == backup__home__old) && (backup__kept == backup__kept__absent)) && (!(backup__staged == backup__staged__old)))) && ((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (master__ddl != master__ddl__running) && (clients__answer != clients__answer__no) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> skip }; goto at__preflight__leave
  :: d_step { !((!(configdb__sql == configdb__sql__failing)) && (!(configdb__sql == configdb__sql__unsafe)) && (configdb__schema == configdb__schema__old) && (configdb__reachable != configdb__reachable__no) && (release__package == release__package__verified) && (release__jdk_package == release__jdk_package__verified) && (master__licence != master__licence__short) && ((master__release == master__release__old) && (backup__release == backup__release__old)) && ((((master__home == master__home__old) && (master__kept == master__kept__absent)) && (!(master__staged == master__staged__old))) && (((backup__home == backup__home__old) && (backup__kept == backup__kept__absent)) && (!(backup__staged == backup__staged__old)))) && ((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (master__ddl != master__ddl__running) && (clients__answer != clients__answer__no) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { (!kept__phase__preflight && ((!(configdb__sql == configdb__sql__failing)) && (!(configdb__sql == configdb__sql__unsafe)) && (configdb__schema == configdb__schema__old) && (configdb__reachable != configdb__reachable__no) && (release__package == release__package__verified) && (release__jdk_package == release__jdk_package__verified) && (master__licence != master__licence__short) && ((master__release == master__release__old) && (backup__release == backup__release__old)) && ((((master__home == master__home__old) && (master__kept == master__kept__absent)) && (!(master__staged == master__staged__old))) && (((backup__home == backup__home__old) && (backup__kept == backup__kept__absent)) && (!(backup__staged == backup__staged__old)))) && ((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (master__ddl != master__ddl__running) && (clients__answer != clients__answer__no) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old)))))) -> phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { may__blind -> spend__blind; phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { may__asked -> spend__asked; phase = AT_AN_END }; goto at__end__unchanged
  fi;
at__preflight__leave: /* preflight/leave */
  if
  :: d_step { true -> phase = phase__prepare }; goto at__prepare__gates
  :: d_step { (!kept__phase__preflight) -> phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { (!true && quiet) -> phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__unchanged
  :: d_step { may__asked -> spend__asked; phase = AT_AN_END }; goto at__end__unchanged
  fi;

/* phase prepare */
#define kept__phase__prepare (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__prepare__gates: /* prepare/gates */
  if
  :: d_step { true -> skip }; goto at__prepare__1
  :: d_step { !true -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__prepare && true) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
#define wanted__at__prepare__1 (!(backup__staged == backup__staged__new))
#define safe__at__prepare__1 true
#define anew__at__prepare__1 true
#define unseen__at__prepare__1 true
at__prepare__1: /* prepare/1 backup.stage */
  if
#define acts__at__prepare__1 (wanted__at__prepare__1 && true && safe__at__prepare__1 && kept__phase__prepare)
#define again__at__prepare__1 (!anew__at__prepare__1 && (pending))
  :: d_step { !wanted__at__prepare__1 -> pending = 0 }; goto at__prepare__2
  :: d_step { (wanted__at__prepare__1 && !true) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__prepare__1 && true && !safe__at__prepare__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__prepare) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__1 && again__at__prepare__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__1 && !again__at__prepare__1) -> backup__staged = backup__staged__new; forget; pending = 0 }; goto at__prepare__2
  :: d_step { (acts__at__prepare__1 && !again__at__prepare__1 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__1 && !again__at__prepare__1 && may__blind && unseen__at__prepare__1) -> spend__blind; backup__staged = backup__staged__new; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__1 && !again__at__prepare__1 && may__blind && !unseen__at__prepare__1) -> spend__blind; backup__staged = backup__staged__new; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__prepare__1 && !again__at__prepare__1 && may__died && !pending) -> spend__died; pending = 1 }; goto at__prepare__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__prepare__1)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__prepare__2 (!(master__staged == master__staged__new))
#define safe__at__prepare__2 true
#define anew__at__prepare__2 true
#define unseen__at__prepare__2 true
at__prepare__2: /* prepare/2 master.stage */
  if
#define acts__at__prepare__2 (wanted__at__prepare__2 && true && safe__at__prepare__2 && kept__phase__prepare)
#define again__at__prepare__2 (!anew__at__prepare__2 && (pending))
  :: d_step { !wanted__at__prepare__2 -> pending = 0 }; goto at__prepare__3
  :: d_step { (wanted__at__prepare__2 && !true) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__prepare__2 && true && !safe__at__prepare__2) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__prepare) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__2 && again__at__prepare__2) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__2 && !again__at__prepare__2) -> master__staged = master__staged__new; forget; pending = 0 }; goto at__prepare__3
  :: d_step { (acts__at__prepare__2 && !again__at__prepare__2 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__2 && !again__at__prepare__2 && may__blind && unseen__at__prepare__2) -> spend__blind; master__staged = master__staged__new; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__2 && !again__at__prepare__2 && may__blind && !unseen__at__prepare__2) -> spend__blind; master__staged = master__staged__new; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__prepare__2 && !again__at__prepare__2 && may__died && !pending) -> spend__died; pending = 1 }; goto at__prepare__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__prepare__2)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__prepare__3 (!(backup__jdk != backup__jdk__absent))
#define safe__at__prepare__3 true
#define anew__at__prepare__3 true
#define unseen__at__prepare__3 true
at__prepare__3: /* prepare/3 backup.install_jdk */
  if
#define acts__at__prepare__3 (wanted__at__prepare__3 && true && safe__at__prepare__3 && kept__phase__prepare)
#define again__at__prepare__3 (!anew__at__prepare__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__prepare__3 -> attempt = 0; pending = 0 }; goto at__prepare__4
  :: d_step { (wanted__at__prepare__3 && !true) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__prepare__3 && true && !safe__at__prepare__3) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__prepare) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__3 && again__at__prepare__3) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3) -> backup__jdk = backup__jdk__ready; forget; attempt = 0; pending = 0 }; goto at__prepare__4
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__action && anew__at__prepare__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__prepare__3
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__action && !(anew__at__prepare__3 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__blind && unseen__at__prepare__3 && attempt + 1 < 2) -> spend__blind; backup__jdk = backup__jdk__ready; forget; attempt = attempt + 1; pending = 0 }; goto at__prepare__3
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__blind && unseen__at__prepare__3 && !(attempt + 1 < 2)) -> spend__blind; backup__jdk = backup__jdk__ready; forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__blind && !unseen__at__prepare__3) -> spend__blind; backup__jdk = backup__jdk__ready; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__prepare__3 && !again__at__prepare__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__prepare__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__prepare__3)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__prepare__4 (!(master__jdk != master__jdk__absent))
#define safe__at__prepare__4 true
#define anew__at__prepare__4 true
#define unseen__at__prepare__4 true
at__prepare__4: /* prepare/4 master.install_jdk */
  if
#define acts__at__prepare__4 (wanted__at__prepare__4 && true && safe__at__prepare__4 && kept__phase__prepare)
#define again__at__prepare__4 (!anew__at__prepare__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__prepare__4 -> attempt = 0; pending = 0 }; goto at__prepare__leave
  :: d_step { (wanted__at__prepare__4 && !true) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__prepare__4 && true && !safe__at__prepare__4) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__prepare) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__4 && again__at__prepare__4) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4) -> master__jdk = master__jdk__ready; forget; attempt = 0; pending = 0 }; goto at__prepare__leave
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__action && anew__at__prepare__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__prepare__4
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__action && !(anew__at__prepare__4 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__blind && unseen__at__prepare__4 && attempt + 1 < 2) -> spend__blind; master__jdk = master__jdk__ready; forget; attempt = attempt + 1; pending = 0 }; goto at__prepare__4
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__blind && unseen__at__prepare__4 && !(attempt + 1 < 2)) -> spend__blind; master__jdk = master__jdk__ready; forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__blind && !unseen__at__prepare__4) -> spend__blind; master__jdk = master__jdk__ready; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__prepare__4 && !again__at__prepare__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__prepare__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__prepare__4)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
at__prepare__leave: /* prepare/leave */
  if
  :: d_step { true -> phase = phase__config_database }; goto at__config_database__gates
  :: d_step { (!kept__phase__prepare) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase config-database */
#define kept__phase__config_database (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__config_database__gates: /* config-database/gates */
  if
  :: d_step { true -> skip }; goto at__config_database__1
  :: d_step { !true -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__config_database && true) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
#define wanted__at__config_database__1 ((configdb__schema == configdb__schema__old) && (!(configdb__dump != configdb__dump__complete)))
#define safe__at__config_database__1 true
#define anew__at__config_database__1 true
#define unseen__at__config_database__1 true
at__config_database__1: /* config-database/1 configdb.discard_dump */
  if
#define acts__at__config_database__1 (wanted__at__config_database__1 && true && safe__at__config_database__1 && kept__phase__config_database)
#define again__at__config_database__1 (!anew__at__config_database__1 && (pending))
  :: d_step { !wanted__at__config_database__1 -> pending = 0 }; goto at__config_database__2
  :: d_step { (wanted__at__config_database__1 && !true) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__config_database__1 && true && !safe__at__config_database__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__config_database) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__1 && again__at__config_database__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__1 && !again__at__config_database__1) -> configdb__dump = configdb__dump__none; forget; pending = 0 }; goto at__config_database__2
  :: d_step { (acts__at__config_database__1 && !again__at__config_database__1 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__1 && !again__at__config_database__1 && may__blind && unseen__at__config_database__1) -> spend__blind; configdb__dump = configdb__dump__none; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__1 && !again__at__config_database__1 && may__blind && !unseen__at__config_database__1) -> spend__blind; configdb__dump = configdb__dump__none; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__config_database__1 && !again__at__config_database__1 && may__died && !pending) -> spend__died; pending = 1 }; goto at__config_database__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__config_database__1)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__config_database__2 (!(configdb__dump != configdb__dump__none))
#define safe__at__config_database__2 true
#define anew__at__config_database__2 true
#define unseen__at__config_database__2 true
at__config_database__2: /* config-database/2 configdb.back_up */
  if
#define acts__at__config_database__2 (wanted__at__config_database__2 && ((configdb__reachable != configdb__reachable__no) && (configdb__schema == configdb__schema__old)) && safe__at__config_database__2 && kept__phase__config_database)
#define again__at__config_database__2 (!anew__at__config_database__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__config_database__2 -> attempt = 0; pending = 0 }; goto at__config_database__3
  :: d_step { (wanted__at__config_database__2 && !((configdb__reachable != configdb__reachable__no) && (configdb__schema == configdb__schema__old))) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__config_database__2 && ((configdb__reachable != configdb__reachable__no) && (configdb__schema == configdb__schema__old)) && !safe__at__config_database__2) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__config_database) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__2 && again__at__config_database__2) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2) -> configdb__dump = configdb__dump__complete; forget; attempt = 0; pending = 0 }; goto at__config_database__3
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__action && anew__at__config_database__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__config_database__2
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__action && !(anew__at__config_database__2 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__blind && unseen__at__config_database__2 && attempt + 1 < 2) -> spend__blind; configdb__dump = configdb__dump__complete; forget; attempt = attempt + 1; pending = 0 }; goto at__config_database__2
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__blind && unseen__at__config_database__2 && !(attempt + 1 < 2)) -> spend__blind; configdb__dump = configdb__dump__complete; forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__blind && !unseen__at__config_database__2) -> spend__blind; configdb__dump = configdb__dump__complete; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__config_database__2 && !again__at__config_database__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__config_database__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__config_database__2)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__config_database__3 (!(configdb__schema == configdb__schema__new))
#define safe__at__config_database__3 ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!((!(configdb__sql == configdb__sql__widening_only)) && ((master__release == master__release__old) || (backup__release == backup__release__old)))))
#define anew__at__config_database__3 true
#define unseen__at__config_database__3 true
at__config_database__3: /* config-database/3 configdb.upgrade */
  if
#define acts__at__config_database__3 (wanted__at__config_database__3 && (configdb__dump != configdb__dump__none) && safe__at__config_database__3 && kept__phase__config_database)
#define again__at__config_database__3 (!anew__at__config_database__3 && (pending))
  :: d_step { !wanted__at__config_database__3 -> pending = 0 }; goto at__config_database__leave
  :: d_step { (wanted__at__config_database__3 && !(configdb__dump != configdb__dump__none)) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__config_database__3 && (configdb__dump != configdb__dump__none) && !safe__at__config_database__3) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__config_database) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && again__at__config_database__3) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; configdb__schema = configdb__schema__new; forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); pending = 0 }; goto at__config_database__leave
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && (!(master__memory != master__memory__same))) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; configdb__schema = configdb__schema__new; master__memory = master__memory__differs; forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); pending = 0 }; goto at__config_database__leave
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__action && (!((configdb__schema == configdb__schema__partial) && (master__memory != master__memory__same)))) -> spend__action; configdb__schema = configdb__schema__partial; master__memory = master__memory__differs; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__blind && unseen__at__config_database__3) -> spend__blind; configdb__schema = configdb__schema__new; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__blind && !unseen__at__config_database__3) -> spend__blind; configdb__schema = configdb__schema__new; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__blind && (!(master__memory != master__memory__same)) && unseen__at__config_database__3) -> spend__blind; configdb__schema = configdb__schema__new; master__memory = master__memory__differs; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__blind && (!(master__memory != master__memory__same)) && !unseen__at__config_database__3) -> spend__blind; configdb__schema = configdb__schema__new; master__memory = master__memory__differs; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__died && !pending) -> spend__died; pending = 1 }; goto at__config_database__3
  :: d_step { (acts__at__config_database__3 && !again__at__config_database__3 && may__died && !pending && (!((configdb__schema == configdb__schema__partial) && (master__memory != master__memory__same)))) -> spend__died; configdb__schema = configdb__schema__partial; master__memory = master__memory__differs; forget; pending = 1 }; goto at__config_database__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__config_database__3)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
at__config_database__leave: /* config-database/leave */
  if
  :: d_step { true -> phase = phase__upgrade_backup }; goto at__upgrade_backup__gates
  :: d_step { (!kept__phase__config_database) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase upgrade-backup */
#define kept__phase__upgrade_backup (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__upgrade_backup__gates: /* upgrade-backup/gates */
  if
  :: d_step { true -> skip }; goto at__upgrade_backup__1
  :: d_step { !true -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup && true) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
#define wanted__at__upgrade_backup__1 (!((backup__process != backup__process__running) && (backup__service != backup__service__open) && (backup__manager != backup__manager__open) && (backup__release == backup__release__none)))
#define safe__at__upgrade_backup__1 (((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((master__service != master__service__closed) && (master__vip != master__vip__absent))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (master__release == master__release__old)))))
#define anew__at__upgrade_backup__1 true
#define unseen__at__upgrade_backup__1 true
at__upgrade_backup__1: /* upgrade-backup/1 backup.stop */
  if
#define acts__at__upgrade_backup__1 (wanted__at__upgrade_backup__1 && true && safe__at__upgrade_backup__1 && kept__phase__upgrade_backup)
#define again__at__upgrade_backup__1 (!anew__at__upgrade_backup__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__upgrade_backup__1 -> attempt = 0; pending = 0 }; goto at__upgrade_backup__2
  :: d_step { (wanted__at__upgrade_backup__1 && !true) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__upgrade_backup__1 && true && !safe__at__upgrade_backup__1) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__1 && again__at__upgrade_backup__1) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__upgrade_backup__2
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__action && anew__at__upgrade_backup__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__1
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__action && !(anew__at__upgrade_backup__1 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__blind && unseen__at__upgrade_backup__1 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__1
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__blind && unseen__at__upgrade_backup__1 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__blind && !unseen__at__upgrade_backup__1) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_backup__1 && !again__at__upgrade_backup__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__upgrade_backup__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_backup__1)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__upgrade_backup__2 (!((backup__kept == backup__kept__old) && (backup__home == backup__home__absent)))
#define safe__at__upgrade_backup__2 true
#define anew__at__upgrade_backup__2 (backup__home == backup__home__old)
#define unseen__at__upgrade_backup__2 false
at__upgrade_backup__2: /* upgrade-backup/2 backup.set_aside */
  if
#define acts__at__upgrade_backup__2 (wanted__at__upgrade_backup__2 && ((backup__process != backup__process__running) && (backup__kept == backup__kept__absent)) && safe__at__upgrade_backup__2 && kept__phase__upgrade_backup)
#define again__at__upgrade_backup__2 (!anew__at__upgrade_backup__2 && (pending))
  :: d_step { !wanted__at__upgrade_backup__2 -> pending = 0 }; goto at__upgrade_backup__3
  :: d_step { (wanted__at__upgrade_backup__2 && !((backup__process != backup__process__running) && (backup__kept == backup__kept__absent))) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__upgrade_backup__2 && ((backup__process != backup__process__running) && (backup__kept == backup__kept__absent)) && !safe__at__upgrade_backup__2) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__2 && again__at__upgrade_backup__2) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__2 && !again__at__upgrade_backup__2) -> backup__kept = backup__kept__old; backup__home = backup__home__absent; forget; pending = 0 }; goto at__upgrade_backup__3
  :: d_step { (acts__at__upgrade_backup__2 && !again__at__upgrade_backup__2 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__2 && !again__at__upgrade_backup__2 && may__blind && unseen__at__upgrade_backup__2) -> spend__blind; backup__kept = backup__kept__old; backup__home = backup__home__absent; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__2 && !again__at__upgrade_backup__2 && may__blind && !unseen__at__upgrade_backup__2) -> spend__blind; backup__kept = backup__kept__old; backup__home = backup__home__absent; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_backup__2 && !again__at__upgrade_backup__2 && may__died && !pending) -> spend__died; pending = 1 }; goto at__upgrade_backup__2
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_backup__2)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__upgrade_backup__3 (!((backup__home == backup__home__new) && (backup__staged == backup__staged__absent)))
#define safe__at__upgrade_backup__3 true
#define anew__at__upgrade_backup__3 (backup__home == backup__home__absent)
#define unseen__at__upgrade_backup__3 false
at__upgrade_backup__3: /* upgrade-backup/3 backup.install */
  if
#define acts__at__upgrade_backup__3 (wanted__at__upgrade_backup__3 && ((backup__home == backup__home__absent) && (backup__staged == backup__staged__new)) && safe__at__upgrade_backup__3 && kept__phase__upgrade_backup)
#define again__at__upgrade_backup__3 (!anew__at__upgrade_backup__3 && (pending))
  :: d_step { !wanted__at__upgrade_backup__3 -> pending = 0 }; goto at__upgrade_backup__4
  :: d_step { (wanted__at__upgrade_backup__3 && !((backup__home == backup__home__absent) && (backup__staged == backup__staged__new))) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__upgrade_backup__3 && ((backup__home == backup__home__absent) && (backup__staged == backup__staged__new)) && !safe__at__upgrade_backup__3) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__3 && again__at__upgrade_backup__3) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__3 && !again__at__upgrade_backup__3) -> backup__home = backup__home__new; backup__staged = backup__staged__absent; forget; pending = 0 }; goto at__upgrade_backup__4
  :: d_step { (acts__at__upgrade_backup__3 && !again__at__upgrade_backup__3 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__3 && !again__at__upgrade_backup__3 && may__blind && unseen__at__upgrade_backup__3) -> spend__blind; backup__home = backup__home__new; backup__staged = backup__staged__absent; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__3 && !again__at__upgrade_backup__3 && may__blind && !unseen__at__upgrade_backup__3) -> spend__blind; backup__home = backup__home__new; backup__staged = backup__staged__absent; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_backup__3 && !again__at__upgrade_backup__3 && may__died && !pending) -> spend__died; pending = 1 }; goto at__upgrade_backup__3
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_backup__3)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__upgrade_backup__4 (!(backup__settings != backup__settings__unmerged))
#define safe__at__upgrade_backup__4 true
#define anew__at__upgrade_backup__4 true
#define unseen__at__upgrade_backup__4 true
at__upgrade_backup__4: /* upgrade-backup/4 backup.carry_over */
  if
#define acts__at__upgrade_backup__4 (wanted__at__upgrade_backup__4 && ((backup__home == backup__home__new) && (backup__process != backup__process__running)) && safe__at__upgrade_backup__4 && kept__phase__upgrade_backup)
#define again__at__upgrade_backup__4 (!anew__at__upgrade_backup__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__upgrade_backup__4 -> attempt = 0; pending = 0 }; goto at__upgrade_backup__5
  :: d_step { (wanted__at__upgrade_backup__4 && !((backup__home == backup__home__new) && (backup__process != backup__process__running))) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__upgrade_backup__4 && ((backup__home == backup__home__new) && (backup__process != backup__process__running)) && !safe__at__upgrade_backup__4) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__4 && again__at__upgrade_backup__4) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4) -> backup__settings = backup__settings__merged; forget; attempt = 0; pending = 0 }; goto at__upgrade_backup__5
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__action && anew__at__upgrade_backup__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__4
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__action && !(anew__at__upgrade_backup__4 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__blind && unseen__at__upgrade_backup__4 && attempt + 1 < 2) -> spend__blind; backup__settings = backup__settings__merged; forget; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__4
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__blind && unseen__at__upgrade_backup__4 && !(attempt + 1 < 2)) -> spend__blind; backup__settings = backup__settings__merged; forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__blind && !unseen__at__upgrade_backup__4) -> spend__blind; backup__settings = backup__settings__merged; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_backup__4 && !again__at__upgrade_backup__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__upgrade_backup__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_backup__4)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
#define wanted__at__upgrade_backup__5 (!((backup__process != backup__process__stopped) && (backup__manager != backup__manager__closed) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__service != backup__service__closed)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__service != backup__service__open))) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__started_as != backup__started_as__backup)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__started_as != backup__started_as__master))) && (((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) || ((backup__home == backup__home__old) && (backup__release == backup__release__old)) || (((!(backup__home == backup__home__old)) && (backup__home == backup__home__new)) && (backup__release == backup__release__new)))))
#define safe__at__upgrade_backup__5 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!((master__service != master__service__closed) && ((((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) && (backup__service != backup__service__closed)) || (backup__xml_role == backup__xml_role__master))))) && ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || (((((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) && (backup__service != backup__service__closed)) || (backup__xml_role == backup__xml_role__master)) && (backup__vip != backup__vip__absent)))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || ((((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) && (backup__release == backup__release__old)) || (backup__home == backup__home__old)))))))
#define anew__at__upgrade_backup__5 (backup__process != backup__process__running)
#define unseen__at__upgrade_backup__5 false
at__upgrade_backup__5: /* upgrade-backup/5 backup.start */
  if
#define acts__at__upgrade_backup__5 (wanted__at__upgrade_backup__5 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && safe__at__upgrade_backup__5 && kept__phase__upgrade_backup)
#define again__at__upgrade_backup__5 (!anew__at__upgrade_backup__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__upgrade_backup__5 -> attempt = 0; pending = 0 }; goto at__upgrade_backup__leave
  :: d_step { (wanted__at__upgrade_backup__5 && !((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__upgrade_backup__5 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && !safe__at__upgrade_backup__5) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__5 && again__at__upgrade_backup__5) -> phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__upgrade_backup__leave
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__action && anew__at__upgrade_backup__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__5
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__action && !(anew__at__upgrade_backup__5 && attempt + 1 < 2)) -> spend__action; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__blind && unseen__at__upgrade_backup__5 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__upgrade_backup__5
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__blind && unseen__at__upgrade_backup__5 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__blind && !unseen__at__upgrade_backup__5) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_backup__5 && !again__at__upgrade_backup__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__upgrade_backup__5
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_backup__5)) -> spend__blind; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; attempt = 0; pending = 0 }; goto at__serve__gates
  fi;
at__upgrade_backup__leave: /* upgrade-backup/leave */
  if
  :: d_step { (((backup__manager != backup__manager__closed) && (backup__service != backup__service__open)) && (backup__release == backup__release__new)) -> phase = phase__load_config }; goto at__load_config__gates
  :: d_step { (!kept__phase__upgrade_backup) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!(((backup__manager != backup__manager__closed) && (backup__service != backup__service__open)) && (backup__release == backup__release__new)) && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!(((backup__manager != backup__manager__closed) && (backup__service != backup__service__open)) && (backup__release == backup__release__new)) && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__blind -> spend__blind; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase load-config */
#define kept__phase__load_config (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__load_config__gates: /* load-config/gates */
  if
  :: d_step { true -> skip }; goto at__load_config__1
  :: d_step { !true -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__load_config && true) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
#define wanted__at__load_config__1 (!(master__memory != master__memory__differs))
#define safe__at__load_config__1 true
#define anew__at__load_config__1 true
#define unseen__at__load_config__1 true
at__load_config__1: /* load-config/1 master.reload_config */
  if
#define acts__at__load_config__1 (wanted__at__load_config__1 && (master__manager != master__manager__closed) && safe__at__load_config__1 && kept__phase__load_config)
#define again__at__load_config__1 (!anew__at__load_config__1 && (pending))
  :: d_step { !wanted__at__load_config__1 -> pending = 0 }; goto at__load_config__leave
  :: d_step { (wanted__at__load_config__1 && !(master__manager != master__manager__closed)) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (wanted__at__load_config__1 && (master__manager != master__manager__closed) && !safe__at__load_config__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (!kept__phase__load_config) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__load_config__1 && again__at__load_config__1) -> phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__load_config__1 && !again__at__load_config__1) -> master__memory = master__memory__same; forget; pending = 0 }; goto at__load_config__leave
  :: d_step { (acts__at__load_config__1 && !again__at__load_config__1 && may__action) -> spend__action; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__load_config__1 && !again__at__load_config__1 && may__blind && unseen__at__load_config__1) -> spend__blind; master__memory = master__memory__same; forget; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { (acts__at__load_config__1 && !again__at__load_config__1 && may__blind && !unseen__at__load_config__1) -> spend__blind; master__memory = master__memory__same; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__load_config__1 && !again__at__load_config__1 && may__died && !pending) -> spend__died; pending = 1 }; goto at__load_config__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__load_config__1)) -> spend__blind; phase = phase__serve; pending = 0 }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve; pending = 0 }; goto at__serve__gates
  fi;
at__load_config__leave: /* load-config/leave */
  if
  :: d_step { true -> phase = phase__before_switch }; goto at__before_switch__gates
  :: d_step { (!kept__phase__load_config) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase before-switch */
#define kept__phase__before_switch (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__before_switch__gates: /* before-switch/gates */
  if
  :: d_step { (((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged))) -> skip }; goto at__before_switch__leave
  :: d_step { !(((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged))) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__before_switch && (((master__service != master__service__closed) && (master__manager != master__manager__closed)) && ((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (master__xml_role == master__xml_role__master) && ((backup__xml_role == backup__xml_role__backup) && (backup__started_as != backup__started_as__master)) && (((master__ha_role == master__ha_role__master) && (master__ha_file != master__ha_file__invalid)) && (master__called != master__called__yes)) && (((backup__ha_role == backup__ha_role__backup) && (backup__ha_file != backup__ha_file__invalid)) && (backup__called != backup__called__yes)) && (master__ha_pair != master__ha_pair__broken) && (master__config_check != master__config_check__failed) && (master__memory != master__memory__differs) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__blind -> spend__blind; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
at__before_switch__leave: /* before-switch/leave */
  if
  :: d_step { true -> phase = phase__drain }; goto at__drain__gates
  :: d_step { (!kept__phase__before_switch) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase drain */
#define kept__phase__drain (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__drain__gates: /* drain/gates */
  if
  :: d_step { true -> skip }; goto at__drain__leave
  :: d_step { !true -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__drain && true) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;
at__drain__leave: /* drain/leave */
  if
  :: d_step { (master__sessions != master__sessions__busy) -> phase = phase__switch }; goto at__switch__gates
  :: d_step { (!kept__phase__drain) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!(master__sessions != master__sessions__busy) && quiet) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!(master__sessions != master__sessions__busy) && !quiet && may__late) -> spend__late; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__blind -> spend__blind; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__serve }; goto at__serve__gates
  fi;

/* phase switch */
#define kept__phase__switch (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__switch__gates: /* switch/gates */
  if
  :: d_step { (((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged))) -> skip }; goto at__switch__1
  :: d_step { !(((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged))) -> phase = phase__serve }; goto at__serve__gates
  :: d_step { (!kept__phase__switch && (((backup__service != backup__service__open) && (backup__manager != backup__manager__closed)) && (((master__keepalived != master__keepalived__stopped) && (master__ha_loaded != master__ha_loaded__stale)) && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__settle }; goto at__settle__gates
  :: d_step { may__blind -> spend__blind; phase = phase__serve }; goto at__serve__gates
  :: d_step { may__asked -> spend__asked; phase = phase__settle }; goto at__settle__gates
  fi;
#define wanted__at__switch__1 (!((backup__called != backup__called__no) && (backup__ha_loaded != backup__ha_loaded__stale)))
#define safe__at__switch__1 true
#define anew__at__switch__1 true
#define unseen__at__switch__1 true
at__switch__1: /* switch/1 backup.call_vip */
  if
#define acts__at__switch__1 (wanted__at__switch__1 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && safe__at__switch__1 && kept__phase__switch)
#define again__at__switch__1 (!anew__at__switch__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__switch__1 -> attempt = 0; pending = 0 }; goto at__switch__leave
  :: d_step { (wanted__at__switch__1 && !((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid))) -> phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (wanted__at__switch__1 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && !safe__at__switch__1) -> phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (!kept__phase__switch) -> phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (acts__at__switch__1 && again__at__switch__1) -> phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (acts__at__switch__1 && !again__at__switch__1) -> backup__called = backup__called__yes; backup__ha_loaded = backup__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__switch__leave
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__action && anew__at__switch__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__switch__1
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__action && !(anew__at__switch__1 && attempt + 1 < 2)) -> spend__action; phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__blind && unseen__at__switch__1 && attempt + 1 < 2) -> spend__blind; backup__called = backup__called__yes; backup__ha_loaded = backup__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__switch__1
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__blind && unseen__at__switch__1 && !(attempt + 1 < 2)) -> spend__blind; backup__called = backup__called__yes; backup__ha_loaded = backup__ha_loaded__current; forget; phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__blind && !unseen__at__switch__1) -> spend__blind; backup__called = backup__called__yes; backup__ha_loaded = backup__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__switch__1 && !again__at__switch__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__switch__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__switch__1)) -> spend__blind; phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  :: d_step { may__asked -> spend__asked; phase = phase__settle; attempt = 0; pending = 0 }; goto at__settle__gates
  fi;
at__switch__leave: /* switch/leave */
  if
  :: d_step { (((((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) && (master__service != master__service__open)) && (master__vip != master__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = phase__upgrade_master }; goto at__upgrade_master__gates
  :: d_step { (!kept__phase__switch) -> phase = phase__settle }; goto at__settle__gates
  :: d_step { (!(((((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) && (master__service != master__service__open)) && (master__vip != master__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__settle }; goto at__settle__gates
  :: d_step { (!(((((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) && (master__service != master__service__open)) && (master__vip != master__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__settle }; goto at__settle__gates
  :: d_step { may__blind -> spend__blind; phase = phase__settle }; goto at__settle__gates
  :: d_step { may__asked -> spend__asked; phase = phase__settle }; goto at__settle__gates
  fi;

/* phase upgrade-master */
#define kept__phase__upgrade_master (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__upgrade_master__gates: /* upgrade-master/gates */
  if
  :: d_step { true -> skip }; goto at__upgrade_master__1
  :: d_step { !true -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!kept__phase__upgrade_master && true) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master }; goto at__undo_master__gates
  fi;
#define wanted__at__upgrade_master__1 (!((master__process != master__process__running) && (master__service != master__service__open) && (master__manager != master__manager__open) && (master__release == master__release__none)))
#define safe__at__upgrade_master__1 (((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (backup__release == backup__release__old)))))
#define anew__at__upgrade_master__1 true
#define unseen__at__upgrade_master__1 true
at__upgrade_master__1: /* upgrade-master/1 master.stop */
  if
#define acts__at__upgrade_master__1 (wanted__at__upgrade_master__1 && true && safe__at__upgrade_master__1 && kept__phase__upgrade_master)
#define again__at__upgrade_master__1 (!anew__at__upgrade_master__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__upgrade_master__1 -> attempt = 0; pending = 0 }; goto at__upgrade_master__2
  :: d_step { (wanted__at__upgrade_master__1 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__upgrade_master__1 && true && !safe__at__upgrade_master__1) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__upgrade_master) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__1 && again__at__upgrade_master__1) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__upgrade_master__2
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__action && anew__at__upgrade_master__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__upgrade_master__1
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__action && !(anew__at__upgrade_master__1 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__blind && unseen__at__upgrade_master__1 && attempt + 1 < 2) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__upgrade_master__1
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__blind && unseen__at__upgrade_master__1 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__blind && !unseen__at__upgrade_master__1) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_master__1 && !again__at__upgrade_master__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__upgrade_master__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_master__1)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__upgrade_master__2 (!((master__kept == master__kept__old) && (master__home == master__home__absent)))
#define safe__at__upgrade_master__2 true
#define anew__at__upgrade_master__2 (master__home == master__home__old)
#define unseen__at__upgrade_master__2 false
at__upgrade_master__2: /* upgrade-master/2 master.set_aside */
  if
#define acts__at__upgrade_master__2 (wanted__at__upgrade_master__2 && ((master__process != master__process__running) && (master__kept == master__kept__absent)) && safe__at__upgrade_master__2 && kept__phase__upgrade_master)
#define again__at__upgrade_master__2 (!anew__at__upgrade_master__2 && (pending))
  :: d_step { !wanted__at__upgrade_master__2 -> pending = 0 }; goto at__upgrade_master__3
  :: d_step { (wanted__at__upgrade_master__2 && !((master__process != master__process__running) && (master__kept == master__kept__absent))) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__upgrade_master__2 && ((master__process != master__process__running) && (master__kept == master__kept__absent)) && !safe__at__upgrade_master__2) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__upgrade_master) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__2 && again__at__upgrade_master__2) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__2 && !again__at__upgrade_master__2) -> master__kept = master__kept__old; master__home = master__home__absent; forget; pending = 0 }; goto at__upgrade_master__3
  :: d_step { (acts__at__upgrade_master__2 && !again__at__upgrade_master__2 && may__action) -> spend__action; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__2 && !again__at__upgrade_master__2 && may__blind && unseen__at__upgrade_master__2) -> spend__blind; master__kept = master__kept__old; master__home = master__home__absent; forget; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__2 && !again__at__upgrade_master__2 && may__blind && !unseen__at__upgrade_master__2) -> spend__blind; master__kept = master__kept__old; master__home = master__home__absent; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_master__2 && !again__at__upgrade_master__2 && may__died && !pending) -> spend__died; pending = 1 }; goto at__upgrade_master__2
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_master__2)) -> spend__blind; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__upgrade_master__3 (!((master__home == master__home__new) && (master__staged == master__staged__absent)))
#define safe__at__upgrade_master__3 true
#define anew__at__upgrade_master__3 (master__home == master__home__absent)
#define unseen__at__upgrade_master__3 false
at__upgrade_master__3: /* upgrade-master/3 master.install */
  if
#define acts__at__upgrade_master__3 (wanted__at__upgrade_master__3 && ((master__home == master__home__absent) && (master__staged == master__staged__new)) && safe__at__upgrade_master__3 && kept__phase__upgrade_master)
#define again__at__upgrade_master__3 (!anew__at__upgrade_master__3 && (pending))
  :: d_step { !wanted__at__upgrade_master__3 -> pending = 0 }; goto at__upgrade_master__4
  :: d_step { (wanted__at__upgrade_master__3 && !((master__home == master__home__absent) && (master__staged == master__staged__new))) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__upgrade_master__3 && ((master__home == master__home__absent) && (master__staged == master__staged__new)) && !safe__at__upgrade_master__3) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__upgrade_master) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__3 && again__at__upgrade_master__3) -> phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__3 && !again__at__upgrade_master__3) -> master__home = master__home__new; master__staged = master__staged__absent; forget; pending = 0 }; goto at__upgrade_master__4
  :: d_step { (acts__at__upgrade_master__3 && !again__at__upgrade_master__3 && may__action) -> spend__action; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__3 && !again__at__upgrade_master__3 && may__blind && unseen__at__upgrade_master__3) -> spend__blind; master__home = master__home__new; master__staged = master__staged__absent; forget; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__3 && !again__at__upgrade_master__3 && may__blind && !unseen__at__upgrade_master__3) -> spend__blind; master__home = master__home__new; master__staged = master__staged__absent; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_master__3 && !again__at__upgrade_master__3 && may__died && !pending) -> spend__died; pending = 1 }; goto at__upgrade_master__3
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_master__3)) -> spend__blind; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__upgrade_master__4 (!(master__settings != master__settings__unmerged))
#define safe__at__upgrade_master__4 true
#define anew__at__upgrade_master__4 true
#define unseen__at__upgrade_master__4 true
at__upgrade_master__4: /* upgrade-master/4 master.carry_over */
  if
#define acts__at__upgrade_master__4 (wanted__at__upgrade_master__4 && ((master__home == master__home__new) && (master__process != master__process__running)) && safe__at__upgrade_master__4 && kept__phase__upgrade_master)
#define again__at__upgrade_master__4 (!anew__at__upgrade_master__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__upgrade_master__4 -> attempt = 0; pending = 0 }; goto at__upgrade_master__leave
  :: d_step { (wanted__at__upgrade_master__4 && !((master__home == master__home__new) && (master__process != master__process__running))) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__upgrade_master__4 && ((master__home == master__home__new) && (master__process != master__process__running)) && !safe__at__upgrade_master__4) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__upgrade_master) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__4 && again__at__upgrade_master__4) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4) -> master__settings = master__settings__merged; forget; attempt = 0; pending = 0 }; goto at__upgrade_master__leave
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__action && anew__at__upgrade_master__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__upgrade_master__4
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__action && !(anew__at__upgrade_master__4 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__blind && unseen__at__upgrade_master__4 && attempt + 1 < 2) -> spend__blind; master__settings = master__settings__merged; forget; attempt = attempt + 1; pending = 0 }; goto at__upgrade_master__4
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__blind && unseen__at__upgrade_master__4 && !(attempt + 1 < 2)) -> spend__blind; master__settings = master__settings__merged; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__blind && !unseen__at__upgrade_master__4) -> spend__blind; master__settings = master__settings__merged; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__upgrade_master__4 && !again__at__upgrade_master__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__upgrade_master__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__upgrade_master__4)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
at__upgrade_master__leave: /* upgrade-master/leave */
  if
  :: d_step { true -> phase = phase__rebuild }; goto at__rebuild__gates
  :: d_step { (!kept__phase__upgrade_master) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!true && quiet) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master }; goto at__undo_master__gates
  fi;

/* phase rebuild */
#define kept__phase__rebuild (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__rebuild__gates: /* rebuild/gates */
  if
  :: d_step { true -> skip }; goto at__rebuild__1
  :: d_step { !true -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild && true) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__1 (!((master__keepalived != master__keepalived__running) && (master__vip != master__vip__held) && (master__ha_loaded != master__ha_loaded__current)))
#define safe__at__rebuild__1 ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))
#define anew__at__rebuild__1 true
#define unseen__at__rebuild__1 true
at__rebuild__1: /* rebuild/1 master.stop_keepalived */
  if
#define acts__at__rebuild__1 (wanted__at__rebuild__1 && true && safe__at__rebuild__1 && kept__phase__rebuild)
#define again__at__rebuild__1 (!anew__at__rebuild__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__1 -> attempt = 0; pending = 0 }; goto at__rebuild__2
  :: d_step { (wanted__at__rebuild__1 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__1 && true && !safe__at__rebuild__1) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__1 && again__at__rebuild__1) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1) -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); attempt = 0; pending = 0 }; goto at__rebuild__2
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__action && anew__at__rebuild__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__1
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__action && !(anew__at__rebuild__1 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__blind && unseen__at__rebuild__1 && attempt + 1 < 2) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__1
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__blind && unseen__at__rebuild__1 && !(attempt + 1 < 2)) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__blind && !unseen__at__rebuild__1) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__1 && !again__at__rebuild__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__1)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__2 (!(backup__xml_role == backup__xml_role__master))
#define safe__at__rebuild__2 true
#define anew__at__rebuild__2 true
#define unseen__at__rebuild__2 true
at__rebuild__2: /* rebuild/2 backup.write_master_xml */
  if
#define acts__at__rebuild__2 (wanted__at__rebuild__2 && true && safe__at__rebuild__2 && kept__phase__rebuild)
#define again__at__rebuild__2 (!anew__at__rebuild__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__2 -> attempt = 0; pending = 0 }; goto at__rebuild__3
  :: d_step { (wanted__at__rebuild__2 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__2 && true && !safe__at__rebuild__2) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__2 && again__at__rebuild__2) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2) -> backup__xml_role = backup__xml_role__master; forget; attempt = 0; pending = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__action && anew__at__rebuild__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__2
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__action && !(anew__at__rebuild__2 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__blind && unseen__at__rebuild__2 && attempt + 1 < 2) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__2
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__blind && unseen__at__rebuild__2 && !(attempt + 1 < 2)) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__blind && !unseen__at__rebuild__2) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__2 && !again__at__rebuild__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__2)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__3 (!((backup__ha_role == backup__ha_role__master) && (backup__called != backup__called__yes)))
#define safe__at__rebuild__3 true
#define anew__at__rebuild__3 true
#define unseen__at__rebuild__3 true
at__rebuild__3: /* rebuild/3 backup.write_master_conf */
  if
#define acts__at__rebuild__3 (wanted__at__rebuild__3 && true && safe__at__rebuild__3 && kept__phase__rebuild)
#define again__at__rebuild__3 (!anew__at__rebuild__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__3 -> attempt = 0; pending = 0 }; goto at__rebuild__4
  :: d_step { (wanted__at__rebuild__3 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__3 && true && !safe__at__rebuild__3) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && again__at__rebuild__3) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = 0; pending = 0 }; goto at__rebuild__4
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && (!(backup__ha_loaded != backup__ha_loaded__current))) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__rebuild__4
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__action && anew__at__rebuild__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__action && !(anew__at__rebuild__3 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && anew__at__rebuild__3 && attempt + 1 < 2) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && !(anew__at__rebuild__3 && attempt + 1 < 2)) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && unseen__at__rebuild__3 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && unseen__at__rebuild__3 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && !unseen__at__rebuild__3) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__rebuild__3 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__rebuild__3 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && !unseen__at__rebuild__3) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__3
  :: d_step { (acts__at__rebuild__3 && !again__at__rebuild__3 && may__died && !pending && (!(backup__ha_loaded != backup__ha_loaded__current))) -> spend__died; backup__ha_loaded = backup__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__rebuild__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__3)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__4 (!(master__xml_role == master__xml_role__backup))
#define safe__at__rebuild__4 true
#define anew__at__rebuild__4 true
#define unseen__at__rebuild__4 true
at__rebuild__4: /* rebuild/4 master.write_backup_xml */
  if
#define acts__at__rebuild__4 (wanted__at__rebuild__4 && true && safe__at__rebuild__4 && kept__phase__rebuild)
#define again__at__rebuild__4 (!anew__at__rebuild__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__4 -> attempt = 0; pending = 0 }; goto at__rebuild__5
  :: d_step { (wanted__at__rebuild__4 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__4 && true && !safe__at__rebuild__4) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__4 && again__at__rebuild__4) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4) -> master__xml_role = master__xml_role__backup; forget; attempt = 0; pending = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__action && anew__at__rebuild__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__4
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__action && !(anew__at__rebuild__4 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__blind && unseen__at__rebuild__4 && attempt + 1 < 2) -> spend__blind; master__xml_role = master__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__4
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__blind && unseen__at__rebuild__4 && !(attempt + 1 < 2)) -> spend__blind; master__xml_role = master__xml_role__backup; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__blind && !unseen__at__rebuild__4) -> spend__blind; master__xml_role = master__xml_role__backup; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__4 && !again__at__rebuild__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__4)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__5 (!((master__ha_role == master__ha_role__backup) && (master__called != master__called__yes)))
#define safe__at__rebuild__5 true
#define anew__at__rebuild__5 true
#define unseen__at__rebuild__5 true
at__rebuild__5: /* rebuild/5 master.write_backup_conf */
  if
#define acts__at__rebuild__5 (wanted__at__rebuild__5 && true && safe__at__rebuild__5 && kept__phase__rebuild)
#define again__at__rebuild__5 (!anew__at__rebuild__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__5 -> attempt = 0; pending = 0 }; goto at__rebuild__6
  :: d_step { (wanted__at__rebuild__5 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__5 && true && !safe__at__rebuild__5) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && again__at__rebuild__5) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = 0; pending = 0 }; goto at__rebuild__6
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && (!(master__ha_loaded != master__ha_loaded__current))) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__rebuild__6
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__action && anew__at__rebuild__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__action && !(anew__at__rebuild__5 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && anew__at__rebuild__5 && attempt + 1 < 2) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && !(anew__at__rebuild__5 && attempt + 1 < 2)) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && unseen__at__rebuild__5 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && unseen__at__rebuild__5 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && !unseen__at__rebuild__5) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__rebuild__5 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__rebuild__5 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && !unseen__at__rebuild__5) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__5
  :: d_step { (acts__at__rebuild__5 && !again__at__rebuild__5 && may__died && !pending && (!(master__ha_loaded != master__ha_loaded__current))) -> spend__died; master__ha_loaded = master__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__rebuild__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__5)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__6 (!(backup__ha_loaded != backup__ha_loaded__stale))
#define safe__at__rebuild__6 true
#define anew__at__rebuild__6 true
#define unseen__at__rebuild__6 true
at__rebuild__6: /* rebuild/6 backup.reload_keepalived */
  if
#define acts__at__rebuild__6 (wanted__at__rebuild__6 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && safe__at__rebuild__6 && kept__phase__rebuild)
#define again__at__rebuild__6 (!anew__at__rebuild__6 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__6 -> attempt = 0; pending = 0 }; goto at__rebuild__7
  :: d_step { (wanted__at__rebuild__6 && !((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid))) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__6 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && !safe__at__rebuild__6) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__6 && again__at__rebuild__6) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6) -> backup__ha_loaded = backup__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__rebuild__7
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__action && anew__at__rebuild__6 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__6
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__action && !(anew__at__rebuild__6 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__blind && unseen__at__rebuild__6 && attempt + 1 < 2) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__6
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__blind && unseen__at__rebuild__6 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__blind && !unseen__at__rebuild__6) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__6 && !again__at__rebuild__6 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__6
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__6)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__7 (!((master__process != master__process__stopped) && (master__manager != master__manager__closed) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__service != master__service__closed)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__service != master__service__open))) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__started_as != master__started_as__backup)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__started_as != master__started_as__master))) && (((!(master__home == master__home__old)) && (!(master__home == master__home__new))) || ((master__home == master__home__old) && (master__release == master__release__old)) || (((!(master__home == master__home__old)) && (master__home == master__home__new)) && (master__release == master__release__new)))))
#define safe__at__rebuild__7 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(((((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) && (master__service != master__service__closed)) || (master__xml_role == master__xml_role__master)) && (backup__service != backup__service__closed)))) && ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((((((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) && (master__service != master__service__closed)) || (master__xml_role == master__xml_role__master)) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (((((!(master__home == master__home__old)) && (!(master__home == master__home__new))) && (master__release == master__release__old)) || (master__home == master__home__old)) || (backup__release == backup__release__old))))))
#define anew__at__rebuild__7 (master__process != master__process__running)
#define unseen__at__rebuild__7 false
at__rebuild__7: /* rebuild/7 master.start */
  if
#define acts__at__rebuild__7 (wanted__at__rebuild__7 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && safe__at__rebuild__7 && kept__phase__rebuild)
#define again__at__rebuild__7 (!anew__at__rebuild__7 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__7 -> attempt = 0; pending = 0 }; goto at__rebuild__8
  :: d_step { (wanted__at__rebuild__7 && !((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged)))) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__7 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && !safe__at__rebuild__7) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__7 && again__at__rebuild__7) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__rebuild__8
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__action && anew__at__rebuild__7 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__7
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__action && !(anew__at__rebuild__7 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__blind && unseen__at__rebuild__7 && attempt + 1 < 2) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__7
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__blind && unseen__at__rebuild__7 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__blind && !unseen__at__rebuild__7) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__7 && !again__at__rebuild__7 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__7
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__7)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
#define wanted__at__rebuild__8 (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale)))))
#define safe__at__rebuild__8 true
#define anew__at__rebuild__8 true
#define unseen__at__rebuild__8 true
at__rebuild__8: /* rebuild/8 master.start_keepalived */
  if
#define acts__at__rebuild__8 (wanted__at__rebuild__8 && true && safe__at__rebuild__8 && kept__phase__rebuild)
#define again__at__rebuild__8 (!anew__at__rebuild__8 && (pending || attempt > 0))
  :: d_step { !wanted__at__rebuild__8 -> attempt = 0; pending = 0 }; goto at__rebuild__leave
  :: d_step { (wanted__at__rebuild__8 && !true) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (wanted__at__rebuild__8 && true && !safe__at__rebuild__8) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__8 && again__at__rebuild__8) -> phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__rebuild__leave
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__action && anew__at__rebuild__8 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__rebuild__8
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__action && !(anew__at__rebuild__8 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__blind && unseen__at__rebuild__8 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__rebuild__8
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__blind && unseen__at__rebuild__8 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__blind && !unseen__at__rebuild__8) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__rebuild__8 && !again__at__rebuild__8 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__rebuild__8
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__rebuild__8)) -> spend__blind; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master; attempt = 0; pending = 0 }; goto at__undo_master__gates
  fi;
at__rebuild__leave: /* rebuild/leave */
  if
  :: d_step { ((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) -> phase = phase__final }; goto at__final__gates
  :: d_step { (!kept__phase__rebuild) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && quiet) -> phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { (!((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && !quiet && may__late) -> spend__late; phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { may__blind -> spend__blind; phase = phase__undo_master }; goto at__undo_master__gates
  :: d_step { may__asked -> spend__asked; phase = phase__undo_master }; goto at__undo_master__gates
  fi;

/* phase final */
#define kept__phase__final (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__final__gates: /* final/gates */
  if
  :: d_step { true -> skip }; goto at__final__leave
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!kept__phase__final && true) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { may__asked -> spend__asked; phase = phase__stay }; goto at__stay__gates
  fi;
at__final__leave: /* final/leave */
  if
  :: d_step { (((((((master__release == master__release__new) && (master__manager != master__manager__closed)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__release == backup__release__new) && (backup__manager != backup__manager__closed)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (clients__answer != clients__answer__no)) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> phase = AT_A_GOOD_END }; goto at__end__success
  :: d_step { (!kept__phase__final) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((((((master__release == master__release__new) && (master__manager != master__manager__closed)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__release == backup__release__new) && (backup__manager != backup__manager__closed)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (clients__answer != clients__answer__no)) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((((((master__release == master__release__new) && (master__manager != master__manager__closed)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__release == backup__release__new) && (backup__manager != backup__manager__closed)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (clients__answer != clients__answer__no)) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__asked -> spend__asked; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase serve */
#define kept__phase__serve (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__serve__gates: /* serve/gates */
  if
  :: d_step { true -> skip }; goto at__serve__1
  :: d_step { !true -> phase = phase__undo_backup }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__1 (((((backup__vip != backup__vip__absent) && (backup__service != backup__service__open)) && (master__manager != master__manager__closed)) && ((master__service != master__service__closed) || (backup__manager != backup__manager__open))) && (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale))))))
#define safe__at__serve__1 true
#define anew__at__serve__1 true
#define unseen__at__serve__1 true
at__serve__1: /* serve/1 master.start_keepalived */
  if
#define acts__at__serve__1 (wanted__at__serve__1 && true && safe__at__serve__1 && true)
#define again__at__serve__1 (!anew__at__serve__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__1 -> attempt = 0; pending = 0 }; goto at__serve__2
  :: d_step { (wanted__at__serve__1 && !true) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__1 && true && !safe__at__serve__1) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__1 && again__at__serve__1) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__1 && !again__at__serve__1) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__serve__2
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__action && anew__at__serve__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__1
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__action && !(anew__at__serve__1 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__blind && unseen__at__serve__1 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__1
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__blind && unseen__at__serve__1 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__blind && !unseen__at__serve__1) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__1 && !again__at__serve__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__1)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__2 (((((backup__vip != backup__vip__absent) && (backup__service != backup__service__open)) && (master__manager != master__manager__closed)) && ((master__service != master__service__closed) || (backup__manager != backup__manager__open))) && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current))))
#define safe__at__serve__2 true
#define anew__at__serve__2 true
#define unseen__at__serve__2 true
at__serve__2: /* serve/2 backup.stop_keepalived */
  if
#define acts__at__serve__2 (wanted__at__serve__2 && true && safe__at__serve__2 && true)
#define again__at__serve__2 (!anew__at__serve__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__2 -> attempt = 0; pending = 0 }; goto at__serve__3
  :: d_step { (wanted__at__serve__2 && !true) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__2 && true && !safe__at__serve__2) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__2 && again__at__serve__2) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__2 && !again__at__serve__2) -> backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__serve__3
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__action && anew__at__serve__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__2
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__action && !(anew__at__serve__2 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__blind && unseen__at__serve__2 && attempt + 1 < 2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__2
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__blind && unseen__at__serve__2 && !(attempt + 1 < 2)) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__blind && !unseen__at__serve__2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__2 && !again__at__serve__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__2)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__3 ((((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (backup__service != backup__service__open)) && (!(master__service != master__service__closed)))
#define safe__at__serve__3 ((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(backup__service != backup__service__closed)))
#define anew__at__serve__3 true
#define unseen__at__serve__3 true
at__serve__3: /* serve/3 master.go_online */
  if
#define acts__at__serve__3 (wanted__at__serve__3 && (master__manager != master__manager__closed) && safe__at__serve__3 && true)
#define again__at__serve__3 (!anew__at__serve__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__3 -> attempt = 0; pending = 0 }; goto at__serve__4
  :: d_step { (wanted__at__serve__3 && !(master__manager != master__manager__closed)) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__3 && (master__manager != master__manager__closed) && !safe__at__serve__3) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__3 && again__at__serve__3) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__3 && !again__at__serve__3) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; master__service = master__service__open; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__serve__4
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__action && anew__at__serve__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__3
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__action && !(anew__at__serve__3 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__blind && unseen__at__serve__3 && attempt + 1 < 2) -> spend__blind; master__service = master__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__3
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__blind && unseen__at__serve__3 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__open; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__blind && !unseen__at__serve__3) -> spend__blind; master__service = master__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__3 && !again__at__serve__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__3)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__4 ((((backup__vip != backup__vip__absent) && (backup__manager != backup__manager__closed)) && (master__service != master__service__open)) && (!(backup__service != backup__service__closed)))
#define safe__at__serve__4 ((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(master__service != master__service__closed)))
#define anew__at__serve__4 true
#define unseen__at__serve__4 true
at__serve__4: /* serve/4 backup.go_online */
  if
#define acts__at__serve__4 (wanted__at__serve__4 && (backup__manager != backup__manager__closed) && safe__at__serve__4 && true)
#define again__at__serve__4 (!anew__at__serve__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__4 -> attempt = 0; pending = 0 }; goto at__serve__5
  :: d_step { (wanted__at__serve__4 && !(backup__manager != backup__manager__closed)) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__4 && (backup__manager != backup__manager__closed) && !safe__at__serve__4) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__4 && again__at__serve__4) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__4 && !again__at__serve__4) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; backup__service = backup__service__open; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__serve__5
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__action && anew__at__serve__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__4
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__action && !(anew__at__serve__4 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__blind && unseen__at__serve__4 && attempt + 1 < 2) -> spend__blind; backup__service = backup__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__4
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__blind && unseen__at__serve__4 && !(attempt + 1 < 2)) -> spend__blind; backup__service = backup__service__open; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__blind && !unseen__at__serve__4) -> spend__blind; backup__service = backup__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__4 && !again__at__serve__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__4)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__5 (((backup__vip != backup__vip__absent) && (backup__service != backup__service__closed)) && (!(master__service != master__service__open)))
#define safe__at__serve__5 true
#define anew__at__serve__5 true
#define unseen__at__serve__5 true
at__serve__5: /* serve/5 master.go_offline */
  if
#define acts__at__serve__5 (wanted__at__serve__5 && (master__manager != master__manager__closed) && safe__at__serve__5 && true)
#define again__at__serve__5 (!anew__at__serve__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__5 -> attempt = 0; pending = 0 }; goto at__serve__6
  :: d_step { (wanted__at__serve__5 && !(master__manager != master__manager__closed)) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__5 && (master__manager != master__manager__closed) && !safe__at__serve__5) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__5 && again__at__serve__5) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__5 && !again__at__serve__5) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; master__service = master__service__closed; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__serve__6
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__action && anew__at__serve__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__5
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__action && !(anew__at__serve__5 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__blind && unseen__at__serve__5 && attempt + 1 < 2) -> spend__blind; master__service = master__service__closed; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__5
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__blind && unseen__at__serve__5 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__closed; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__blind && !unseen__at__serve__5) -> spend__blind; master__service = master__service__closed; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__5 && !again__at__serve__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__5)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
#define wanted__at__serve__6 (((master__vip != master__vip__absent) && (master__service != master__service__closed)) && (!(backup__service != backup__service__open)))
#define safe__at__serve__6 true
#define anew__at__serve__6 true
#define unseen__at__serve__6 true
at__serve__6: /* serve/6 backup.go_offline */
  if
#define acts__at__serve__6 (wanted__at__serve__6 && (backup__manager != backup__manager__closed) && safe__at__serve__6 && true)
#define again__at__serve__6 (!anew__at__serve__6 && (pending || attempt > 0))
  :: d_step { !wanted__at__serve__6 -> attempt = 0; pending = 0 }; goto at__serve__leave
  :: d_step { (wanted__at__serve__6 && !(backup__manager != backup__manager__closed)) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (wanted__at__serve__6 && (backup__manager != backup__manager__closed) && !safe__at__serve__6) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__6 && again__at__serve__6) -> phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__6 && !again__at__serve__6) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; backup__service = backup__service__closed; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__serve__leave
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__action && anew__at__serve__6 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__serve__6
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__action && !(anew__at__serve__6 && attempt + 1 < 2)) -> spend__action; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__blind && unseen__at__serve__6 && attempt + 1 < 2) -> spend__blind; backup__service = backup__service__closed; forget; attempt = attempt + 1; pending = 0 }; goto at__serve__6
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__blind && unseen__at__serve__6 && !(attempt + 1 < 2)) -> spend__blind; backup__service = backup__service__closed; forget; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__blind && !unseen__at__serve__6) -> spend__blind; backup__service = backup__service__closed; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__serve__6 && !again__at__serve__6 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__serve__6
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__serve__6)) -> spend__blind; phase = phase__undo_backup; attempt = 0; pending = 0 }; goto at__undo_backup__gates
  fi;
at__serve__leave: /* serve/leave */
  if
  :: d_step { ((((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = phase__undo_backup }; goto at__undo_backup__gates
  :: d_step { (!((((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__undo_backup }; goto at__undo_backup__gates
  :: d_step { (!((((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__undo_backup }; goto at__undo_backup__gates
  :: d_step { may__blind -> spend__blind; phase = phase__undo_backup }; goto at__undo_backup__gates
  fi;

/* phase settle */
#define kept__phase__settle (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__settle__gates: /* settle/gates */
  if
  :: d_step { true -> skip }; goto at__settle__leave
  :: d_step { !true -> phase = phase__return_vip }; goto at__return_vip__gates
  fi;
at__settle__leave: /* settle/leave */
  if
  :: d_step { (((backup__vip != backup__vip__absent) || (((master__vip != master__vip__absent) && (backup__called != backup__called__yes)) && (master__manager != master__manager__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = phase__stand_by }; goto at__stand_by__gates
  :: d_step { (!(((backup__vip != backup__vip__absent) || (((master__vip != master__vip__absent) && (backup__called != backup__called__yes)) && (master__manager != master__manager__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__return_vip }; goto at__return_vip__gates
  :: d_step { (!(((backup__vip != backup__vip__absent) || (((master__vip != master__vip__absent) && (backup__called != backup__called__yes)) && (master__manager != master__manager__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__return_vip }; goto at__return_vip__gates
  :: d_step { may__blind -> spend__blind; phase = phase__return_vip }; goto at__return_vip__gates
  fi;

/* phase return-vip */
#define kept__phase__return_vip (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__return_vip__gates: /* return-vip/gates */
  if
  :: d_step { ((master__process != master__process__stopped) || (master__process != master__process__running)) -> skip }; goto at__return_vip__1
  :: d_step { !((master__process != master__process__stopped) || (master__process != master__process__running)) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__return_vip__1 (((backup__vip != backup__vip__held) && (backup__called != backup__called__no)) && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current))))
#define safe__at__return_vip__1 true
#define anew__at__return_vip__1 true
#define unseen__at__return_vip__1 true
at__return_vip__1: /* return-vip/1 backup.stop_keepalived */
  if
#define acts__at__return_vip__1 (wanted__at__return_vip__1 && true && safe__at__return_vip__1 && true)
#define again__at__return_vip__1 (!anew__at__return_vip__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__return_vip__1 -> attempt = 0; pending = 0 }; goto at__return_vip__2
  :: d_step { (wanted__at__return_vip__1 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__return_vip__1 && true && !safe__at__return_vip__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__1 && again__at__return_vip__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1) -> backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__return_vip__2
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__action && anew__at__return_vip__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__return_vip__1
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__action && !(anew__at__return_vip__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__blind && unseen__at__return_vip__1 && attempt + 1 < 2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__return_vip__1
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__blind && unseen__at__return_vip__1 && !(attempt + 1 < 2)) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__blind && !unseen__at__return_vip__1) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__return_vip__1 && !again__at__return_vip__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__return_vip__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__return_vip__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__return_vip__2 (((backup__vip != backup__vip__absent) || (backup__service != backup__service__closed)) && (!((backup__process != backup__process__running) && (backup__service != backup__service__open) && (backup__manager != backup__manager__open) && (backup__release == backup__release__none))))
#define safe__at__return_vip__2 ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (master__release == master__release__old))))
#define anew__at__return_vip__2 true
#define unseen__at__return_vip__2 true
at__return_vip__2: /* return-vip/2 backup.stop */
  if
#define acts__at__return_vip__2 (wanted__at__return_vip__2 && true && safe__at__return_vip__2 && true)
#define again__at__return_vip__2 (!anew__at__return_vip__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__return_vip__2 -> attempt = 0; pending = 0 }; goto at__return_vip__3
  :: d_step { (wanted__at__return_vip__2 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__return_vip__2 && true && !safe__at__return_vip__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__2 && again__at__return_vip__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__return_vip__3
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__action && anew__at__return_vip__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__return_vip__2
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__action && !(anew__at__return_vip__2 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__blind && unseen__at__return_vip__2 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__return_vip__2
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__blind && unseen__at__return_vip__2 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__blind && !unseen__at__return_vip__2) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__return_vip__2 && !again__at__return_vip__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__return_vip__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__return_vip__2)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__return_vip__3 ((backup__vip != backup__vip__absent) && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current))))
#define safe__at__return_vip__3 true
#define anew__at__return_vip__3 true
#define unseen__at__return_vip__3 true
at__return_vip__3: /* return-vip/3 backup.stop_keepalived */
  if
#define acts__at__return_vip__3 (wanted__at__return_vip__3 && true && safe__at__return_vip__3 && true)
#define again__at__return_vip__3 (!anew__at__return_vip__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__return_vip__3 -> attempt = 0; pending = 0 }; goto at__return_vip__4
  :: d_step { (wanted__at__return_vip__3 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__return_vip__3 && true && !safe__at__return_vip__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__3 && again__at__return_vip__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3) -> backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__return_vip__4
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__action && anew__at__return_vip__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__return_vip__3
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__action && !(anew__at__return_vip__3 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__blind && unseen__at__return_vip__3 && attempt + 1 < 2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__return_vip__3
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__blind && unseen__at__return_vip__3 && !(attempt + 1 < 2)) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__blind && !unseen__at__return_vip__3) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__return_vip__3 && !again__at__return_vip__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__return_vip__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__return_vip__3)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__return_vip__4 ((master__process != master__process__running) && (!((master__process != master__process__stopped) && (master__manager != master__manager__closed) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__service != master__service__closed)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__service != master__service__open))) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__started_as != master__started_as__backup)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__started_as != master__started_as__master))) && (((!(master__home == master__home__old)) && (!(master__home == master__home__new))) || ((master__home == master__home__old) && (master__release == master__release__old)) || (((!(master__home == master__home__old)) && (master__home == master__home__new)) && (master__release == master__release__new))))))
#define safe__at__return_vip__4 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(((((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) && (master__service != master__service__closed)) || (master__xml_role == master__xml_role__master)) && (backup__service != backup__service__closed)))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (((((!(master__home == master__home__old)) && (!(master__home == master__home__new))) && (master__release == master__release__old)) || (master__home == master__home__old)) || (backup__release == backup__release__old))))))
#define anew__at__return_vip__4 (master__process != master__process__running)
#define unseen__at__return_vip__4 false
at__return_vip__4: /* return-vip/4 master.start */
  if
#define acts__at__return_vip__4 (wanted__at__return_vip__4 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && safe__at__return_vip__4 && true)
#define again__at__return_vip__4 (!anew__at__return_vip__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__return_vip__4 -> attempt = 0; pending = 0 }; goto at__return_vip__5
  :: d_step { (wanted__at__return_vip__4 && !((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged)))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__return_vip__4 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && !safe__at__return_vip__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__4 && again__at__return_vip__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__return_vip__5
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__action && anew__at__return_vip__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__return_vip__4
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__action && !(anew__at__return_vip__4 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__blind && unseen__at__return_vip__4 && attempt + 1 < 2) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__return_vip__4
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__blind && unseen__at__return_vip__4 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__blind && !unseen__at__return_vip__4) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__return_vip__4 && !again__at__return_vip__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__return_vip__4
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__return_vip__4)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__return_vip__5 (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale)))))
#define safe__at__return_vip__5 true
#define anew__at__return_vip__5 true
#define unseen__at__return_vip__5 true
at__return_vip__5: /* return-vip/5 master.start_keepalived */
  if
#define acts__at__return_vip__5 (wanted__at__return_vip__5 && true && safe__at__return_vip__5 && true)
#define again__at__return_vip__5 (!anew__at__return_vip__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__return_vip__5 -> attempt = 0; pending = 0 }; goto at__return_vip__leave
  :: d_step { (wanted__at__return_vip__5 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__return_vip__5 && true && !safe__at__return_vip__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__5 && again__at__return_vip__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__return_vip__leave
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__action && anew__at__return_vip__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__return_vip__5
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__action && !(anew__at__return_vip__5 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__blind && unseen__at__return_vip__5 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__return_vip__5
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__blind && unseen__at__return_vip__5 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__blind && !unseen__at__return_vip__5) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__return_vip__5 && !again__at__return_vip__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__return_vip__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__return_vip__5)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__return_vip__leave: /* return-vip/leave */
  if
  :: d_step { (((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent)))) -> phase = phase__reopen }; goto at__reopen__gates
  :: d_step { (!(((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase reopen */
#define kept__phase__reopen (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__reopen__gates: /* reopen/gates */
  if
  :: d_step { true -> skip }; goto at__reopen__1
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__reopen__1 ((master__vip != master__vip__absent) && (!(master__service != master__service__closed)))
#define safe__at__reopen__1 ((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(backup__service != backup__service__closed)))
#define anew__at__reopen__1 true
#define unseen__at__reopen__1 true
at__reopen__1: /* reopen/1 master.go_online */
  if
#define acts__at__reopen__1 (wanted__at__reopen__1 && (master__manager != master__manager__closed) && safe__at__reopen__1 && true)
#define again__at__reopen__1 (!anew__at__reopen__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__reopen__1 -> attempt = 0; pending = 0 }; goto at__reopen__leave
  :: d_step { (wanted__at__reopen__1 && !(master__manager != master__manager__closed)) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__reopen__1 && (master__manager != master__manager__closed) && !safe__at__reopen__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__reopen__1 && again__at__reopen__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; master__service = master__service__open; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__reopen__leave
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__action && anew__at__reopen__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__reopen__1
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__action && !(anew__at__reopen__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__blind && unseen__at__reopen__1 && attempt + 1 < 2) -> spend__blind; master__service = master__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__reopen__1
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__blind && unseen__at__reopen__1 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__open; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__blind && !unseen__at__reopen__1) -> spend__blind; master__service = master__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__reopen__1 && !again__at__reopen__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__reopen__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__reopen__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__reopen__leave: /* reopen/leave */
  if
  :: d_step { (((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = phase__undo_backup }; goto at__undo_backup__gates
  :: d_step { (!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase undo-master */
#define kept__phase__undo_master (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__undo_master__gates: /* undo-master/gates */
  if
  :: d_step { true -> skip }; goto at__undo_master__1
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__undo_master__1 ((!(master__home == master__home__old)) && (!((master__process != master__process__running) && (master__service != master__service__open) && (master__manager != master__manager__open) && (master__release == master__release__none))))
#define safe__at__undo_master__1 (((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (backup__release == backup__release__old)))))
#define anew__at__undo_master__1 true
#define unseen__at__undo_master__1 true
at__undo_master__1: /* undo-master/1 master.stop */
  if
#define acts__at__undo_master__1 (wanted__at__undo_master__1 && true && safe__at__undo_master__1 && true)
#define again__at__undo_master__1 (!anew__at__undo_master__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_master__1 -> attempt = 0; pending = 0 }; goto at__undo_master__2
  :: d_step { (wanted__at__undo_master__1 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_master__1 && true && !safe__at__undo_master__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__1 && again__at__undo_master__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__action && anew__at__undo_master__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_master__1
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__action && !(anew__at__undo_master__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__blind && unseen__at__undo_master__1 && attempt + 1 < 2) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_master__1
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__blind && unseen__at__undo_master__1 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__blind && !unseen__at__undo_master__1) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_master__1 && !again__at__undo_master__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_master__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_master__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_master__2 ((master__kept == master__kept__old) && (!((master__home == master__home__old) && (master__kept == master__kept__absent))))
#define safe__at__undo_master__2 true
#define anew__at__undo_master__2 (master__kept == master__kept__old)
#define unseen__at__undo_master__2 false
at__undo_master__2: /* undo-master/2 master.put_back */
  if
#define acts__at__undo_master__2 (wanted__at__undo_master__2 && ((master__process != master__process__running) && (master__kept == master__kept__old)) && safe__at__undo_master__2 && true)
#define again__at__undo_master__2 (!anew__at__undo_master__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_master__2 -> attempt = 0; pending = 0 }; goto at__undo_master__leave
  :: d_step { (wanted__at__undo_master__2 && !((master__process != master__process__running) && (master__kept == master__kept__old))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_master__2 && ((master__process != master__process__running) && (master__kept == master__kept__old)) && !safe__at__undo_master__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && again__at__undo_master__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2) -> master__home = master__home__old; master__kept = master__kept__absent; forget; attempt = 0; pending = 0 }; goto at__undo_master__leave
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master)))) -> master__home = master__home__old; master__kept = master__kept__absent; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; attempt = 0; pending = 0 }; goto at__undo_master__leave
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__action && anew__at__undo_master__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__action && !(anew__at__undo_master__2 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__action && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master))) && anew__at__undo_master__2 && attempt + 1 < 2) -> spend__action; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__action && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master))) && !(anew__at__undo_master__2 && attempt + 1 < 2)) -> spend__action; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && unseen__at__undo_master__2 && attempt + 1 < 2) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && unseen__at__undo_master__2 && !(attempt + 1 < 2)) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && !unseen__at__undo_master__2) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master))) && unseen__at__undo_master__2 && attempt + 1 < 2) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master))) && unseen__at__undo_master__2 && !(attempt + 1 < 2)) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__blind && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master))) && !unseen__at__undo_master__2) -> spend__blind; master__home = master__home__old; master__kept = master__kept__absent; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_master__2
  :: d_step { (acts__at__undo_master__2 && !again__at__undo_master__2 && may__died && !pending && (!((master__settings != master__settings__merged) && (master__xml_role == master__xml_role__master)))) -> spend__died; master__settings = master__settings__unmerged; master__xml_role = master__xml_role__master; forget; pending = 1; attempt = 0 }; goto at__undo_master__2
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_master__2)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__undo_master__leave: /* undo-master/leave */
  if
  :: d_step { true -> phase = phase__stand_by }; goto at__stand_by__gates
  :: d_step { (!true && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase stand-by */
#define kept__phase__stand_by (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__stand_by__gates: /* stand-by/gates */
  if
  :: d_step { ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) -> skip }; goto at__stand_by__1
  :: d_step { !((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) -> phase = phase__return_vip }; goto at__return_vip__gates
  :: d_step { may__blind -> spend__blind; phase = phase__return_vip }; goto at__return_vip__gates
  fi;
#define wanted__at__stand_by__1 (!((master__keepalived != master__keepalived__running) && (master__vip != master__vip__held) && (master__ha_loaded != master__ha_loaded__current)))
#define safe__at__stand_by__1 ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))
#define anew__at__stand_by__1 true
#define unseen__at__stand_by__1 true
at__stand_by__1: /* stand-by/1 master.stop_keepalived */
  if
#define acts__at__stand_by__1 (wanted__at__stand_by__1 && true && safe__at__stand_by__1 && true)
#define again__at__stand_by__1 (!anew__at__stand_by__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__1 -> attempt = 0; pending = 0 }; goto at__stand_by__2
  :: d_step { (wanted__at__stand_by__1 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__1 && true && !safe__at__stand_by__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__1 && again__at__stand_by__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1) -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); attempt = 0; pending = 0 }; goto at__stand_by__2
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__action && anew__at__stand_by__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__1
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__action && !(anew__at__stand_by__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__blind && unseen__at__stand_by__1 && attempt + 1 < 2) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__1
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__blind && unseen__at__stand_by__1 && !(attempt + 1 < 2)) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__blind && !unseen__at__stand_by__1) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__1 && !again__at__stand_by__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__2 (((master__process != master__process__stopped) && (master__started_as != master__started_as__backup)) && (!((master__process != master__process__running) && (master__service != master__service__open) && (master__manager != master__manager__open) && (master__release == master__release__none))))
#define safe__at__stand_by__2 (((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (backup__release == backup__release__old)))))
#define anew__at__stand_by__2 true
#define unseen__at__stand_by__2 true
at__stand_by__2: /* stand-by/2 master.stop */
  if
#define acts__at__stand_by__2 (wanted__at__stand_by__2 && true && safe__at__stand_by__2 && true)
#define again__at__stand_by__2 (!anew__at__stand_by__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__2 -> attempt = 0; pending = 0 }; goto at__stand_by__3
  :: d_step { (wanted__at__stand_by__2 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__2 && true && !safe__at__stand_by__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__2 && again__at__stand_by__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__stand_by__3
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__action && anew__at__stand_by__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__2
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__action && !(anew__at__stand_by__2 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__blind && unseen__at__stand_by__2 && attempt + 1 < 2) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__2
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__blind && unseen__at__stand_by__2 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__blind && !unseen__at__stand_by__2) -> spend__blind; master__process = master__process__stopped; master__service = master__service__closed; master__manager = master__manager__closed; master__release = master__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__2 && !again__at__stand_by__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__2)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__3 (!(backup__xml_role == backup__xml_role__master))
#define safe__at__stand_by__3 true
#define anew__at__stand_by__3 true
#define unseen__at__stand_by__3 true
at__stand_by__3: /* stand-by/3 backup.write_master_xml */
  if
#define acts__at__stand_by__3 (wanted__at__stand_by__3 && true && safe__at__stand_by__3 && true)
#define again__at__stand_by__3 (!anew__at__stand_by__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__3 -> attempt = 0; pending = 0 }; goto at__stand_by__4
  :: d_step { (wanted__at__stand_by__3 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__3 && true && !safe__at__stand_by__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__3 && again__at__stand_by__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3) -> backup__xml_role = backup__xml_role__master; forget; attempt = 0; pending = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__action && anew__at__stand_by__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__3
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__action && !(anew__at__stand_by__3 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__blind && unseen__at__stand_by__3 && attempt + 1 < 2) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__3
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__blind && unseen__at__stand_by__3 && !(attempt + 1 < 2)) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__blind && !unseen__at__stand_by__3) -> spend__blind; backup__xml_role = backup__xml_role__master; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__3 && !again__at__stand_by__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__3)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__4 (!((backup__ha_role == backup__ha_role__master) && (backup__called != backup__called__yes)))
#define safe__at__stand_by__4 true
#define anew__at__stand_by__4 true
#define unseen__at__stand_by__4 true
at__stand_by__4: /* stand-by/4 backup.write_master_conf */
  if
#define acts__at__stand_by__4 (wanted__at__stand_by__4 && true && safe__at__stand_by__4 && true)
#define again__at__stand_by__4 (!anew__at__stand_by__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__4 -> attempt = 0; pending = 0 }; goto at__stand_by__5
  :: d_step { (wanted__at__stand_by__4 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__4 && true && !safe__at__stand_by__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && again__at__stand_by__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = 0; pending = 0 }; goto at__stand_by__5
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && (!(backup__ha_loaded != backup__ha_loaded__current))) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stand_by__5
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__action && anew__at__stand_by__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__action && !(anew__at__stand_by__4 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && anew__at__stand_by__4 && attempt + 1 < 2) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && !(anew__at__stand_by__4 && attempt + 1 < 2)) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && unseen__at__stand_by__4 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && unseen__at__stand_by__4 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && !unseen__at__stand_by__4) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stand_by__4 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stand_by__4 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && !unseen__at__stand_by__4) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__4
  :: d_step { (acts__at__stand_by__4 && !again__at__stand_by__4 && may__died && !pending && (!(backup__ha_loaded != backup__ha_loaded__current))) -> spend__died; backup__ha_loaded = backup__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stand_by__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__4)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__5 (!(backup__ha_loaded != backup__ha_loaded__stale))
#define safe__at__stand_by__5 true
#define anew__at__stand_by__5 true
#define unseen__at__stand_by__5 true
at__stand_by__5: /* stand-by/5 backup.reload_keepalived */
  if
#define acts__at__stand_by__5 (wanted__at__stand_by__5 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && safe__at__stand_by__5 && true)
#define again__at__stand_by__5 (!anew__at__stand_by__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__5 -> attempt = 0; pending = 0 }; goto at__stand_by__6
  :: d_step { (wanted__at__stand_by__5 && !((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__5 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && !safe__at__stand_by__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__5 && again__at__stand_by__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5) -> backup__ha_loaded = backup__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__stand_by__6
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__action && anew__at__stand_by__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__5
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__action && !(anew__at__stand_by__5 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__blind && unseen__at__stand_by__5 && attempt + 1 < 2) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__5
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__blind && unseen__at__stand_by__5 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__blind && !unseen__at__stand_by__5) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__5 && !again__at__stand_by__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__5)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__6 (!(master__xml_role == master__xml_role__backup))
#define safe__at__stand_by__6 true
#define anew__at__stand_by__6 true
#define unseen__at__stand_by__6 true
at__stand_by__6: /* stand-by/6 master.write_backup_xml */
  if
#define acts__at__stand_by__6 (wanted__at__stand_by__6 && true && safe__at__stand_by__6 && true)
#define again__at__stand_by__6 (!anew__at__stand_by__6 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__6 -> attempt = 0; pending = 0 }; goto at__stand_by__7
  :: d_step { (wanted__at__stand_by__6 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__6 && true && !safe__at__stand_by__6) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__6 && again__at__stand_by__6) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6) -> master__xml_role = master__xml_role__backup; forget; attempt = 0; pending = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__action && anew__at__stand_by__6 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__6
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__action && !(anew__at__stand_by__6 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__blind && unseen__at__stand_by__6 && attempt + 1 < 2) -> spend__blind; master__xml_role = master__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__6
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__blind && unseen__at__stand_by__6 && !(attempt + 1 < 2)) -> spend__blind; master__xml_role = master__xml_role__backup; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__blind && !unseen__at__stand_by__6) -> spend__blind; master__xml_role = master__xml_role__backup; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__6 && !again__at__stand_by__6 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__6
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__6)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__7 (!((master__ha_role == master__ha_role__backup) && (master__called != master__called__yes)))
#define safe__at__stand_by__7 true
#define anew__at__stand_by__7 true
#define unseen__at__stand_by__7 true
at__stand_by__7: /* stand-by/7 master.write_backup_conf */
  if
#define acts__at__stand_by__7 (wanted__at__stand_by__7 && true && safe__at__stand_by__7 && true)
#define again__at__stand_by__7 (!anew__at__stand_by__7 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__7 -> attempt = 0; pending = 0 }; goto at__stand_by__8
  :: d_step { (wanted__at__stand_by__7 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__7 && true && !safe__at__stand_by__7) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && again__at__stand_by__7) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = 0; pending = 0 }; goto at__stand_by__8
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && (!(master__ha_loaded != master__ha_loaded__current))) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stand_by__8
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__action && anew__at__stand_by__7 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__action && !(anew__at__stand_by__7 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && anew__at__stand_by__7 && attempt + 1 < 2) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && !(anew__at__stand_by__7 && attempt + 1 < 2)) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && unseen__at__stand_by__7 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && unseen__at__stand_by__7 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && !unseen__at__stand_by__7) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stand_by__7 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stand_by__7 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && !unseen__at__stand_by__7) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__7
  :: d_step { (acts__at__stand_by__7 && !again__at__stand_by__7 && may__died && !pending && (!(master__ha_loaded != master__ha_loaded__current))) -> spend__died; master__ha_loaded = master__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stand_by__7
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__7)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__8 ((master__process != master__process__running) && (!((master__process != master__process__stopped) && (master__manager != master__manager__closed) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__service != master__service__closed)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__service != master__service__open))) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__started_as != master__started_as__backup)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__started_as != master__started_as__master))) && (((!(master__home == master__home__old)) && (!(master__home == master__home__new))) || ((master__home == master__home__old) && (master__release == master__release__old)) || (((!(master__home == master__home__old)) && (master__home == master__home__new)) && (master__release == master__release__new))))))
#define safe__at__stand_by__8 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(((((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) && (master__service != master__service__closed)) || (master__xml_role == master__xml_role__master)) && (backup__service != backup__service__closed)))) && ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((((((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) && (master__service != master__service__closed)) || (master__xml_role == master__xml_role__master)) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (((((!(master__home == master__home__old)) && (!(master__home == master__home__new))) && (master__release == master__release__old)) || (master__home == master__home__old)) || (backup__release == backup__release__old))))))
#define anew__at__stand_by__8 (master__process != master__process__running)
#define unseen__at__stand_by__8 false
at__stand_by__8: /* stand-by/8 master.start */
  if
#define acts__at__stand_by__8 (wanted__at__stand_by__8 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && safe__at__stand_by__8 && true)
#define again__at__stand_by__8 (!anew__at__stand_by__8 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__8 -> attempt = 0; pending = 0 }; goto at__stand_by__9
  :: d_step { (wanted__at__stand_by__8 && !((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged)))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__8 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && !safe__at__stand_by__8) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__8 && again__at__stand_by__8) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__stand_by__9
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__action && anew__at__stand_by__8 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__8
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__action && !(anew__at__stand_by__8 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__blind && unseen__at__stand_by__8 && attempt + 1 < 2) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__8
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__blind && unseen__at__stand_by__8 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__blind && !unseen__at__stand_by__8) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__8 && !again__at__stand_by__8 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__8
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__8)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__stand_by__9 (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale)))))
#define safe__at__stand_by__9 true
#define anew__at__stand_by__9 true
#define unseen__at__stand_by__9 true
at__stand_by__9: /* stand-by/9 master.start_keepalived */
  if
#define acts__at__stand_by__9 (wanted__at__stand_by__9 && true && safe__at__stand_by__9 && true)
#define again__at__stand_by__9 (!anew__at__stand_by__9 && (pending || attempt > 0))
  :: d_step { !wanted__at__stand_by__9 -> attempt = 0; pending = 0 }; goto at__stand_by__leave
  :: d_step { (wanted__at__stand_by__9 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__stand_by__9 && true && !safe__at__stand_by__9) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__9 && again__at__stand_by__9) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__stand_by__leave
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__action && anew__at__stand_by__9 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stand_by__9
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__action && !(anew__at__stand_by__9 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__blind && unseen__at__stand_by__9 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__stand_by__9
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__blind && unseen__at__stand_by__9 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__blind && !unseen__at__stand_by__9) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stand_by__9 && !again__at__stand_by__9 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stand_by__9
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stand_by__9)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__stand_by__leave: /* stand-by/leave */
  if
  :: d_step { ((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__old)) && (master__keepalived != master__keepalived__stopped)) -> phase = phase__switch_back }; goto at__switch_back__gates
  :: d_step { (!((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__old)) && (master__keepalived != master__keepalived__stopped)) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!((((master__manager != master__manager__closed) && (master__service != master__service__open)) && (master__release == master__release__old)) && (master__keepalived != master__keepalived__stopped)) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase switch-back */
#define kept__phase__switch_back (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__switch_back__gates: /* switch-back/gates */
  if
  :: d_step { true -> skip }; goto at__switch_back__1
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__switch_back__1 (!((master__called != master__called__no) && (master__ha_loaded != master__ha_loaded__stale)))
#define safe__at__switch_back__1 true
#define anew__at__switch_back__1 true
#define unseen__at__switch_back__1 true
at__switch_back__1: /* switch-back/1 master.call_vip */
  if
#define acts__at__switch_back__1 (wanted__at__switch_back__1 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && safe__at__switch_back__1 && true)
#define again__at__switch_back__1 (!anew__at__switch_back__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__switch_back__1 -> attempt = 0; pending = 0 }; goto at__switch_back__leave
  :: d_step { (wanted__at__switch_back__1 && !((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__switch_back__1 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && !safe__at__switch_back__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__switch_back__1 && again__at__switch_back__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1) -> master__called = master__called__yes; master__ha_loaded = master__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__switch_back__leave
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__action && anew__at__switch_back__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__switch_back__1
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__action && !(anew__at__switch_back__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__blind && unseen__at__switch_back__1 && attempt + 1 < 2) -> spend__blind; master__called = master__called__yes; master__ha_loaded = master__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__switch_back__1
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__blind && unseen__at__switch_back__1 && !(attempt + 1 < 2)) -> spend__blind; master__called = master__called__yes; master__ha_loaded = master__ha_loaded__current; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__blind && !unseen__at__switch_back__1) -> spend__blind; master__called = master__called__yes; master__ha_loaded = master__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__switch_back__1 && !again__at__switch_back__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__switch_back__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__switch_back__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__switch_back__leave: /* switch-back/leave */
  if
  :: d_step { (((((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (backup__service != backup__service__open)) && (backup__vip != backup__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = phase__undo_backup }; goto at__undo_backup__gates
  :: d_step { (!(((((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (backup__service != backup__service__open)) && (backup__vip != backup__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((((master__service != master__service__closed) && (master__vip != master__vip__absent)) && (backup__service != backup__service__open)) && (backup__vip != backup__vip__held)) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase stay */
#define kept__phase__stay (rule__two_nodes_never_serve_at_once && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__stay__gates: /* stay/gates */
  if
  :: d_step { true -> skip }; goto at__stay__1
  :: d_step { !true -> phase = phase__backup_alone }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__1 (((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) && (!((master__ha_role == master__ha_role__master) && (master__called != master__called__yes))))
#define safe__at__stay__1 true
#define anew__at__stay__1 true
#define unseen__at__stay__1 true
at__stay__1: /* stay/1 master.write_master_conf */
  if
#define acts__at__stay__1 (wanted__at__stay__1 && true && safe__at__stay__1 && true)
#define again__at__stay__1 (!anew__at__stay__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__1 -> attempt = 0; pending = 0 }; goto at__stay__2
  :: d_step { (wanted__at__stay__1 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__1 && true && !safe__at__stay__1) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && again__at__stay__1) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && !again__at__stay__1) -> master__ha_role = master__ha_role__master; master__called = master__called__no; forget; attempt = 0; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && (!(master__ha_loaded != master__ha_loaded__current))) -> master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__action && anew__at__stay__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__1
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__action && !(anew__at__stay__1 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && anew__at__stay__1 && attempt + 1 < 2) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__1
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && !(anew__at__stay__1 && attempt + 1 < 2)) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && unseen__at__stay__1 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__1
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && unseen__at__stay__1 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && !unseen__at__stay__1) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stay__1 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__1
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stay__1 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && !unseen__at__stay__1) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__1
  :: d_step { (acts__at__stay__1 && !again__at__stay__1 && may__died && !pending && (!(master__ha_loaded != master__ha_loaded__current))) -> spend__died; master__ha_loaded = master__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stay__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__1)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__2 ((((master__vip != master__vip__absent) && (backup__vip != backup__vip__held)) || ((backup__vip != backup__vip__held) && (backup__called != backup__called__no))) && (!((backup__ha_role == backup__ha_role__backup) && (backup__called != backup__called__yes))))
#define safe__at__stay__2 true
#define anew__at__stay__2 true
#define unseen__at__stay__2 true
at__stay__2: /* stay/2 backup.write_backup_conf */
  if
#define acts__at__stay__2 (wanted__at__stay__2 && true && safe__at__stay__2 && true)
#define again__at__stay__2 (!anew__at__stay__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__2 -> attempt = 0; pending = 0 }; goto at__stay__3
  :: d_step { (wanted__at__stay__2 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__2 && true && !safe__at__stay__2) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && again__at__stay__2) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && !again__at__stay__2) -> backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; attempt = 0; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && (!(backup__ha_loaded != backup__ha_loaded__current))) -> backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__action && anew__at__stay__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__action && !(anew__at__stay__2 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && anew__at__stay__2 && attempt + 1 < 2) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && !(anew__at__stay__2 && attempt + 1 < 2)) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && unseen__at__stay__2 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && unseen__at__stay__2 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && !unseen__at__stay__2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stay__2 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stay__2 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && !unseen__at__stay__2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__2
  :: d_step { (acts__at__stay__2 && !again__at__stay__2 && may__died && !pending && (!(backup__ha_loaded != backup__ha_loaded__current))) -> spend__died; backup__ha_loaded = backup__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stay__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__2)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__3 (((backup__vip != backup__vip__absent) && (master__vip != master__vip__held)) && (!((backup__ha_role == backup__ha_role__master) && (backup__called != backup__called__yes))))
#define safe__at__stay__3 true
#define anew__at__stay__3 true
#define unseen__at__stay__3 true
at__stay__3: /* stay/3 backup.write_master_conf */
  if
#define acts__at__stay__3 (wanted__at__stay__3 && true && safe__at__stay__3 && true)
#define again__at__stay__3 (!anew__at__stay__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__3 -> attempt = 0; pending = 0 }; goto at__stay__4
  :: d_step { (wanted__at__stay__3 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__3 && true && !safe__at__stay__3) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && again__at__stay__3) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && !again__at__stay__3) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = 0; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && (!(backup__ha_loaded != backup__ha_loaded__current))) -> backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__action && anew__at__stay__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__action && !(anew__at__stay__3 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && anew__at__stay__3 && attempt + 1 < 2) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && !(anew__at__stay__3 && attempt + 1 < 2)) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && unseen__at__stay__3 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && unseen__at__stay__3 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && !unseen__at__stay__3) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stay__3 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__stay__3 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && !unseen__at__stay__3) -> spend__blind; backup__ha_role = backup__ha_role__master; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__3
  :: d_step { (acts__at__stay__3 && !again__at__stay__3 && may__died && !pending && (!(backup__ha_loaded != backup__ha_loaded__current))) -> spend__died; backup__ha_loaded = backup__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stay__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__3)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__4 ((((backup__vip != backup__vip__absent) && (master__vip != master__vip__held)) || ((master__vip != master__vip__held) && (master__called != master__called__no))) && (!((master__ha_role == master__ha_role__backup) && (master__called != master__called__yes))))
#define safe__at__stay__4 true
#define anew__at__stay__4 true
#define unseen__at__stay__4 true
at__stay__4: /* stay/4 master.write_backup_conf */
  if
#define acts__at__stay__4 (wanted__at__stay__4 && true && safe__at__stay__4 && true)
#define again__at__stay__4 (!anew__at__stay__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__4 -> attempt = 0; pending = 0 }; goto at__stay__5
  :: d_step { (wanted__at__stay__4 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__4 && true && !safe__at__stay__4) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && again__at__stay__4) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && !again__at__stay__4) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = 0; pending = 0 }; goto at__stay__5
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && (!(master__ha_loaded != master__ha_loaded__current))) -> master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__5
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__action && anew__at__stay__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__action && !(anew__at__stay__4 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && anew__at__stay__4 && attempt + 1 < 2) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && !(anew__at__stay__4 && attempt + 1 < 2)) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && unseen__at__stay__4 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && unseen__at__stay__4 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && !unseen__at__stay__4) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stay__4 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__stay__4 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && !unseen__at__stay__4) -> spend__blind; master__ha_role = master__ha_role__backup; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__4
  :: d_step { (acts__at__stay__4 && !again__at__stay__4 && may__died && !pending && (!(master__ha_loaded != master__ha_loaded__current))) -> spend__died; master__ha_loaded = master__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__stay__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__4)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__5 (((master__called != master__called__yes) && (master__keepalived != master__keepalived__stopped)) && (!(master__ha_loaded != master__ha_loaded__stale)))
#define safe__at__stay__5 true
#define anew__at__stay__5 true
#define unseen__at__stay__5 true
at__stay__5: /* stay/5 master.reload_keepalived */
  if
#define acts__at__stay__5 (wanted__at__stay__5 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && safe__at__stay__5 && true)
#define again__at__stay__5 (!anew__at__stay__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__5 -> attempt = 0; pending = 0 }; goto at__stay__6
  :: d_step { (wanted__at__stay__5 && !((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid))) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__5 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && !safe__at__stay__5) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__5 && again__at__stay__5) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__5 && !again__at__stay__5) -> master__ha_loaded = master__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__stay__6
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__action && anew__at__stay__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__5
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__action && !(anew__at__stay__5 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__blind && unseen__at__stay__5 && attempt + 1 < 2) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__5
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__blind && unseen__at__stay__5 && !(attempt + 1 < 2)) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__blind && !unseen__at__stay__5) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__5 && !again__at__stay__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__5)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__6 (((backup__called != backup__called__yes) && (backup__keepalived != backup__keepalived__stopped)) && (!(backup__ha_loaded != backup__ha_loaded__stale)))
#define safe__at__stay__6 true
#define anew__at__stay__6 true
#define unseen__at__stay__6 true
at__stay__6: /* stay/6 backup.reload_keepalived */
  if
#define acts__at__stay__6 (wanted__at__stay__6 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && safe__at__stay__6 && true)
#define again__at__stay__6 (!anew__at__stay__6 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__6 -> attempt = 0; pending = 0 }; goto at__stay__7
  :: d_step { (wanted__at__stay__6 && !((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid))) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__6 && ((backup__keepalived != backup__keepalived__stopped) && (backup__ha_file != backup__ha_file__invalid)) && !safe__at__stay__6) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__6 && again__at__stay__6) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__6 && !again__at__stay__6) -> backup__ha_loaded = backup__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__stay__7
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__action && anew__at__stay__6 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__6
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__action && !(anew__at__stay__6 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__blind && unseen__at__stay__6 && attempt + 1 < 2) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__6
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__blind && unseen__at__stay__6 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__blind && !unseen__at__stay__6) -> spend__blind; backup__ha_loaded = backup__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__6 && !again__at__stay__6 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__6
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__6)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__7 (((backup__process != backup__process__running) && (master__service != master__service__closed)) && (!(backup__xml_role == backup__xml_role__backup)))
#define safe__at__stay__7 true
#define anew__at__stay__7 true
#define unseen__at__stay__7 true
at__stay__7: /* stay/7 backup.write_backup_xml */
  if
#define acts__at__stay__7 (wanted__at__stay__7 && true && safe__at__stay__7 && true)
#define again__at__stay__7 (!anew__at__stay__7 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__7 -> attempt = 0; pending = 0 }; goto at__stay__8
  :: d_step { (wanted__at__stay__7 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__7 && true && !safe__at__stay__7) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__7 && again__at__stay__7) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__7 && !again__at__stay__7) -> backup__xml_role = backup__xml_role__backup; forget; attempt = 0; pending = 0 }; goto at__stay__8
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__action && anew__at__stay__7 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__7
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__action && !(anew__at__stay__7 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__blind && unseen__at__stay__7 && attempt + 1 < 2) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__7
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__blind && unseen__at__stay__7 && !(attempt + 1 < 2)) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__blind && !unseen__at__stay__7) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__7 && !again__at__stay__7 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__7
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__7)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__8 (((backup__process != backup__process__running) && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) && (!((backup__process != backup__process__stopped) && (backup__manager != backup__manager__closed) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__service != backup__service__closed)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__service != backup__service__open))) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__started_as != backup__started_as__backup)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__started_as != backup__started_as__master))) && (((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) || ((backup__home == backup__home__old) && (backup__release == backup__release__old)) || (((!(backup__home == backup__home__old)) && (backup__home == backup__home__new)) && (backup__release == backup__release__new))))))
#define safe__at__stay__8 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!((master__service != master__service__closed) && ((((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) && (backup__service != backup__service__closed)) || (backup__xml_role == backup__xml_role__master))))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || ((((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) && (backup__release == backup__release__old)) || (backup__home == backup__home__old)))))))
#define anew__at__stay__8 (backup__process != backup__process__running)
#define unseen__at__stay__8 false
at__stay__8: /* stay/8 backup.start */
  if
#define acts__at__stay__8 (wanted__at__stay__8 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && safe__at__stay__8 && true)
#define again__at__stay__8 (!anew__at__stay__8 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__8 -> attempt = 0; pending = 0 }; goto at__stay__9
  :: d_step { (wanted__at__stay__8 && !((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__8 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && !safe__at__stay__8) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__8 && again__at__stay__8) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__8 && !again__at__stay__8) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__stay__9
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__action && anew__at__stay__8 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__8
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__action && !(anew__at__stay__8 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__blind && unseen__at__stay__8 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__stay__8
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__blind && unseen__at__stay__8 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__blind && !unseen__at__stay__8) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__8 && !again__at__stay__8 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__8
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__8)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__9 ((backup__manager != backup__manager__closed) && (!((backup__keepalived != backup__keepalived__stopped) && ((!(backup__keepalived != backup__keepalived__running)) || ((backup__keepalived != backup__keepalived__running) && (backup__ha_loaded != backup__ha_loaded__stale))))))
#define safe__at__stay__9 true
#define anew__at__stay__9 true
#define unseen__at__stay__9 true
at__stay__9: /* stay/9 backup.start_keepalived */
  if
#define acts__at__stay__9 (wanted__at__stay__9 && true && safe__at__stay__9 && true)
#define again__at__stay__9 (!anew__at__stay__9 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__9 -> attempt = 0; pending = 0 }; goto at__stay__10
  :: d_step { (wanted__at__stay__9 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__9 && true && !safe__at__stay__9) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__9 && again__at__stay__9) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__9 && !again__at__stay__9) -> scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__stay__10
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__action && anew__at__stay__9 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__9
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__action && !(anew__at__stay__9 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__blind && unseen__at__stay__9 && attempt + 1 < 2) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__9
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__blind && unseen__at__stay__9 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__blind && !unseen__at__stay__9) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__9 && !again__at__stay__9 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__9
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__9)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__10 (((master__service != master__service__closed) && (backup__service != backup__service__open)) && (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale))))))
#define safe__at__stay__10 true
#define anew__at__stay__10 true
#define unseen__at__stay__10 true
at__stay__10: /* stay/10 master.start_keepalived */
  if
#define acts__at__stay__10 (wanted__at__stay__10 && true && safe__at__stay__10 && true)
#define again__at__stay__10 (!anew__at__stay__10 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__10 -> attempt = 0; pending = 0 }; goto at__stay__11
  :: d_step { (wanted__at__stay__10 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__10 && true && !safe__at__stay__10) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__10 && again__at__stay__10) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__10 && !again__at__stay__10) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__stay__11
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__action && anew__at__stay__10 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__10
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__action && !(anew__at__stay__10 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__blind && unseen__at__stay__10 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__10
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__blind && unseen__at__stay__10 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__blind && !unseen__at__stay__10) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__10 && !again__at__stay__10 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__10
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__10)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__11 (((((master__vip != master__vip__absent) && (master__manager != master__manager__open)) && (backup__manager != backup__manager__closed)) && (backup__keepalived != backup__keepalived__stopped)) && (!((master__keepalived != master__keepalived__running) && (master__vip != master__vip__held) && (master__ha_loaded != master__ha_loaded__current))))
#define safe__at__stay__11 true
#define anew__at__stay__11 true
#define unseen__at__stay__11 true
at__stay__11: /* stay/11 master.stop_keepalived */
  if
#define acts__at__stay__11 (wanted__at__stay__11 && true && safe__at__stay__11 && true)
#define again__at__stay__11 (!anew__at__stay__11 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__11 -> attempt = 0; pending = 0 }; goto at__stay__12
  :: d_step { (wanted__at__stay__11 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__11 && true && !safe__at__stay__11) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__11 && again__at__stay__11) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__11 && !again__at__stay__11) -> master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__12
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__action && anew__at__stay__11 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__11
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__action && !(anew__at__stay__11 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__blind && unseen__at__stay__11 && attempt + 1 < 2) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__11
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__blind && unseen__at__stay__11 && !(attempt + 1 < 2)) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__blind && !unseen__at__stay__11) -> spend__blind; master__keepalived = master__keepalived__stopped; master__vip = master__vip__absent; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__11 && !again__at__stay__11 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__11
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__11)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__12 (((((backup__vip != backup__vip__absent) && (backup__service != backup__service__open)) && (master__service != master__service__closed)) && (master__keepalived != master__keepalived__stopped)) && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current))))
#define safe__at__stay__12 true
#define anew__at__stay__12 true
#define unseen__at__stay__12 true
at__stay__12: /* stay/12 backup.stop_keepalived */
  if
#define acts__at__stay__12 (wanted__at__stay__12 && true && safe__at__stay__12 && true)
#define again__at__stay__12 (!anew__at__stay__12 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__12 -> attempt = 0; pending = 0 }; goto at__stay__13
  :: d_step { (wanted__at__stay__12 && !true) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__12 && true && !safe__at__stay__12) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__12 && again__at__stay__12) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__12 && !again__at__stay__12) -> backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__stay__13
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__action && anew__at__stay__12 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__12
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__action && !(anew__at__stay__12 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__blind && unseen__at__stay__12 && attempt + 1 < 2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__12
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__blind && unseen__at__stay__12 && !(attempt + 1 < 2)) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__blind && !unseen__at__stay__12) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__12 && !again__at__stay__12 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__12
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__12)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__13 (((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (!(backup__service != backup__service__open)))
#define safe__at__stay__13 true
#define anew__at__stay__13 true
#define unseen__at__stay__13 true
at__stay__13: /* stay/13 backup.go_offline */
  if
#define acts__at__stay__13 (wanted__at__stay__13 && (backup__manager != backup__manager__closed) && safe__at__stay__13 && true)
#define again__at__stay__13 (!anew__at__stay__13 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__13 -> attempt = 0; pending = 0 }; goto at__stay__14
  :: d_step { (wanted__at__stay__13 && !(backup__manager != backup__manager__closed)) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__13 && (backup__manager != backup__manager__closed) && !safe__at__stay__13) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__13 && again__at__stay__13) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__13 && !again__at__stay__13) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; backup__service = backup__service__closed; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__stay__14
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__action && anew__at__stay__13 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__13
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__action && !(anew__at__stay__13 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__blind && unseen__at__stay__13 && attempt + 1 < 2) -> spend__blind; backup__service = backup__service__closed; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__13
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__blind && unseen__at__stay__13 && !(attempt + 1 < 2)) -> spend__blind; backup__service = backup__service__closed; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__blind && !unseen__at__stay__13) -> spend__blind; backup__service = backup__service__closed; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__13 && !again__at__stay__13 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__13
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__13)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__14 ((((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (backup__service != backup__service__open)) && (!(master__service != master__service__closed)))
#define safe__at__stay__14 ((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(backup__service != backup__service__closed)))
#define anew__at__stay__14 true
#define unseen__at__stay__14 true
at__stay__14: /* stay/14 master.go_online */
  if
#define acts__at__stay__14 (wanted__at__stay__14 && (master__manager != master__manager__closed) && safe__at__stay__14 && true)
#define again__at__stay__14 (!anew__at__stay__14 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__14 -> attempt = 0; pending = 0 }; goto at__stay__15
  :: d_step { (wanted__at__stay__14 && !(master__manager != master__manager__closed)) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__14 && (master__manager != master__manager__closed) && !safe__at__stay__14) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__14 && again__at__stay__14) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__14 && !again__at__stay__14) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; master__service = master__service__open; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__stay__15
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__action && anew__at__stay__14 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__14
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__action && !(anew__at__stay__14 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__blind && unseen__at__stay__14 && attempt + 1 < 2) -> spend__blind; master__service = master__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__14
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__blind && unseen__at__stay__14 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__open; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__blind && !unseen__at__stay__14) -> spend__blind; master__service = master__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__14 && !again__at__stay__14 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__14
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__14)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__15 ((((backup__vip != backup__vip__absent) && (backup__manager != backup__manager__closed)) && (master__service != master__service__open)) && (!(backup__service != backup__service__closed)))
#define safe__at__stay__15 ((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!(master__service != master__service__closed)))
#define anew__at__stay__15 true
#define unseen__at__stay__15 true
at__stay__15: /* stay/15 backup.go_online */
  if
#define acts__at__stay__15 (wanted__at__stay__15 && (backup__manager != backup__manager__closed) && safe__at__stay__15 && true)
#define again__at__stay__15 (!anew__at__stay__15 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__15 -> attempt = 0; pending = 0 }; goto at__stay__16
  :: d_step { (wanted__at__stay__15 && !(backup__manager != backup__manager__closed)) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__15 && (backup__manager != backup__manager__closed) && !safe__at__stay__15) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__15 && again__at__stay__15) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__15 && !again__at__stay__15) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; backup__service = backup__service__open; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__stay__16
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__action && anew__at__stay__15 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__15
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__action && !(anew__at__stay__15 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__blind && unseen__at__stay__15 && attempt + 1 < 2) -> spend__blind; backup__service = backup__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__15
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__blind && unseen__at__stay__15 && !(attempt + 1 < 2)) -> spend__blind; backup__service = backup__service__open; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__blind && !unseen__at__stay__15) -> spend__blind; backup__service = backup__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__15 && !again__at__stay__15 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__15
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__15)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
#define wanted__at__stay__16 (((backup__vip != backup__vip__absent) && (backup__service != backup__service__closed)) && (!(master__service != master__service__open)))
#define safe__at__stay__16 true
#define anew__at__stay__16 true
#define unseen__at__stay__16 true
at__stay__16: /* stay/16 master.go_offline */
  if
#define acts__at__stay__16 (wanted__at__stay__16 && (master__manager != master__manager__closed) && safe__at__stay__16 && true)
#define again__at__stay__16 (!anew__at__stay__16 && (pending || attempt > 0))
  :: d_step { !wanted__at__stay__16 -> attempt = 0; pending = 0 }; goto at__stay__leave
  :: d_step { (wanted__at__stay__16 && !(master__manager != master__manager__closed)) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (wanted__at__stay__16 && (master__manager != master__manager__closed) && !safe__at__stay__16) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__16 && again__at__stay__16) -> phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__16 && !again__at__stay__16) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; master__service = master__service__closed; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); attempt = 0; pending = 0 }; goto at__stay__leave
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__action && anew__at__stay__16 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__stay__16
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__action && !(anew__at__stay__16 && attempt + 1 < 2)) -> spend__action; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__blind && unseen__at__stay__16 && attempt + 1 < 2) -> spend__blind; master__service = master__service__closed; forget; attempt = attempt + 1; pending = 0 }; goto at__stay__16
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__blind && unseen__at__stay__16 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__closed; forget; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__blind && !unseen__at__stay__16) -> spend__blind; master__service = master__service__closed; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__stay__16 && !again__at__stay__16 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__stay__16
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__stay__16)) -> spend__blind; phase = phase__backup_alone; attempt = 0; pending = 0 }; goto at__backup_alone__gates
  fi;
at__stay__leave: /* stay/leave */
  if
  :: d_step { (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && quiet) -> phase = phase__backup_alone }; goto at__backup_alone__gates
  :: d_step { (!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && !quiet && may__late) -> spend__late; phase = phase__backup_alone }; goto at__backup_alone__gates
  :: d_step { may__blind -> spend__blind; phase = phase__backup_alone }; goto at__backup_alone__gates
  fi;

/* phase backup-alone */
#define kept__phase__backup_alone (rule__the_VIP_has_one_holder && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__backup_alone__gates: /* backup-alone/gates */
  if
  :: d_step { true -> skip }; goto at__backup_alone__1
  :: d_step { !true -> phase = phase__master_alone }; goto at__master_alone__gates
  fi;
#define wanted__at__backup_alone__1 (((backup__process != backup__process__running) && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) && (!((backup__process != backup__process__stopped) && (backup__manager != backup__manager__closed) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__service != backup__service__closed)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__service != backup__service__open))) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__started_as != backup__started_as__backup)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__started_as != backup__started_as__master))) && (((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) || ((backup__home == backup__home__old) && (backup__release == backup__release__old)) || (((!(backup__home == backup__home__old)) && (backup__home == backup__home__new)) && (backup__release == backup__release__new))))))
#define safe__at__backup_alone__1 ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || ((((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) && (backup__release == backup__release__old)) || (backup__home == backup__home__old))))))
#define anew__at__backup_alone__1 (backup__process != backup__process__running)
#define unseen__at__backup_alone__1 false
at__backup_alone__1: /* backup-alone/1 backup.start */
  if
#define acts__at__backup_alone__1 (wanted__at__backup_alone__1 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && safe__at__backup_alone__1 && true)
#define again__at__backup_alone__1 (!anew__at__backup_alone__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__backup_alone__1 -> attempt = 0; pending = 0 }; goto at__backup_alone__2
  :: d_step { (wanted__at__backup_alone__1 && !((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (wanted__at__backup_alone__1 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && !safe__at__backup_alone__1) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__1 && again__at__backup_alone__1) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__backup_alone__2
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__action && anew__at__backup_alone__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__1
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__action && !(anew__at__backup_alone__1 && attempt + 1 < 2)) -> spend__action; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__blind && unseen__at__backup_alone__1 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__1
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__blind && unseen__at__backup_alone__1 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__blind && !unseen__at__backup_alone__1) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__backup_alone__1 && !again__at__backup_alone__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__backup_alone__1
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__backup_alone__1)) -> spend__blind; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  fi;
#define wanted__at__backup_alone__2 ((backup__manager != backup__manager__closed) && (!((backup__keepalived != backup__keepalived__stopped) && ((!(backup__keepalived != backup__keepalived__running)) || ((backup__keepalived != backup__keepalived__running) && (backup__ha_loaded != backup__ha_loaded__stale))))))
#define safe__at__backup_alone__2 true
#define anew__at__backup_alone__2 true
#define unseen__at__backup_alone__2 true
at__backup_alone__2: /* backup-alone/2 backup.start_keepalived */
  if
#define acts__at__backup_alone__2 (wanted__at__backup_alone__2 && true && safe__at__backup_alone__2 && true)
#define again__at__backup_alone__2 (!anew__at__backup_alone__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__backup_alone__2 -> attempt = 0; pending = 0 }; goto at__backup_alone__3
  :: d_step { (wanted__at__backup_alone__2 && !true) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (wanted__at__backup_alone__2 && true && !safe__at__backup_alone__2) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__2 && again__at__backup_alone__2) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2) -> scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__backup_alone__3
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__action && anew__at__backup_alone__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__2
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__action && !(anew__at__backup_alone__2 && attempt + 1 < 2)) -> spend__action; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__blind && unseen__at__backup_alone__2 && attempt + 1 < 2) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__2
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__blind && unseen__at__backup_alone__2 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__blind && !unseen__at__backup_alone__2) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__backup_alone__2 && !again__at__backup_alone__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__backup_alone__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__backup_alone__2)) -> spend__blind; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  fi;
#define wanted__at__backup_alone__3 (((backup__vip != backup__vip__absent) && (backup__manager != backup__manager__closed)) && (!(backup__service != backup__service__closed)))
#define safe__at__backup_alone__3 true
#define anew__at__backup_alone__3 true
#define unseen__at__backup_alone__3 true
at__backup_alone__3: /* backup-alone/3 backup.go_online */
  if
#define acts__at__backup_alone__3 (wanted__at__backup_alone__3 && (backup__manager != backup__manager__closed) && safe__at__backup_alone__3 && true)
#define again__at__backup_alone__3 (!anew__at__backup_alone__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__backup_alone__3 -> attempt = 0; pending = 0 }; goto at__backup_alone__leave
  :: d_step { (wanted__at__backup_alone__3 && !(backup__manager != backup__manager__closed)) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (wanted__at__backup_alone__3 && (backup__manager != backup__manager__closed) && !safe__at__backup_alone__3) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__3 && again__at__backup_alone__3) -> phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3) -> backup__service = backup__service__open; forget; attempt = 0; pending = 0 }; goto at__backup_alone__leave
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__action && anew__at__backup_alone__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__3
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__action && !(anew__at__backup_alone__3 && attempt + 1 < 2)) -> spend__action; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__blind && unseen__at__backup_alone__3 && attempt + 1 < 2) -> spend__blind; backup__service = backup__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__backup_alone__3
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__blind && unseen__at__backup_alone__3 && !(attempt + 1 < 2)) -> spend__blind; backup__service = backup__service__open; forget; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__blind && !unseen__at__backup_alone__3) -> spend__blind; backup__service = backup__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__backup_alone__3 && !again__at__backup_alone__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__backup_alone__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__backup_alone__3)) -> spend__blind; phase = phase__master_alone; attempt = 0; pending = 0 }; goto at__master_alone__gates
  fi;
at__backup_alone__leave: /* backup-alone/leave */
  if
  :: d_step { ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) && quiet) -> phase = phase__master_alone }; goto at__master_alone__gates
  :: d_step { (!((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)) && !quiet && may__late) -> spend__late; phase = phase__master_alone }; goto at__master_alone__gates
  :: d_step { may__blind -> spend__blind; phase = phase__master_alone }; goto at__master_alone__gates
  fi;

/* phase master-alone */
#define kept__phase__master_alone (rule__the_VIP_has_one_holder && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__master_alone__gates: /* master-alone/gates */
  if
  :: d_step { true -> skip }; goto at__master_alone__1
  :: d_step { !true -> phase = AT_AN_END }; goto at__end__one_node
  fi;
#define wanted__at__master_alone__1 (((master__process != master__process__running) && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged)))) && (!((master__process != master__process__stopped) && (master__manager != master__manager__closed) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__service != master__service__closed)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__service != master__service__open))) && (((!(master__xml_role == master__xml_role__master)) && (!(master__xml_role == master__xml_role__backup))) || ((master__xml_role == master__xml_role__master) && (master__started_as != master__started_as__backup)) || (((!(master__xml_role == master__xml_role__master)) && (master__xml_role == master__xml_role__backup)) && (master__started_as != master__started_as__master))) && (((!(master__home == master__home__old)) && (!(master__home == master__home__new))) || ((master__home == master__home__old) && (master__release == master__release__old)) || (((!(master__home == master__home__old)) && (master__home == master__home__new)) && (master__release == master__release__new))))))
#define safe__at__master_alone__1 ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (((((!(master__home == master__home__old)) && (!(master__home == master__home__new))) && (master__release == master__release__old)) || (master__home == master__home__old)) || (backup__release == backup__release__old)))))
#define anew__at__master_alone__1 (master__process != master__process__running)
#define unseen__at__master_alone__1 false
at__master_alone__1: /* master-alone/1 master.start */
  if
#define acts__at__master_alone__1 (wanted__at__master_alone__1 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && safe__at__master_alone__1 && true)
#define again__at__master_alone__1 (!anew__at__master_alone__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__master_alone__1 -> attempt = 0; pending = 0 }; goto at__master_alone__2
  :: d_step { (wanted__at__master_alone__1 && !((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged)))) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (wanted__at__master_alone__1 && ((master__home == master__home__old) || ((master__home == master__home__new) && (master__settings != master__settings__unmerged))) && !safe__at__master_alone__1) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__1 && again__at__master_alone__1) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__master_alone__2
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__action && anew__at__master_alone__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__master_alone__1
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__action && !(anew__at__master_alone__1 && attempt + 1 < 2)) -> spend__action; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__blind && unseen__at__master_alone__1 && attempt + 1 < 2) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__master_alone__1
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__blind && unseen__at__master_alone__1 && !(attempt + 1 < 2)) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__blind && !unseen__at__master_alone__1) -> spend__blind; master__process = master__process__running; master__manager = master__manager__open; master__service = ((master__xml_role == master__xml_role__master) -> master__service__open : ((master__xml_role == master__xml_role__backup) -> master__service__closed : master__service)); master__started_as = ((master__xml_role == master__xml_role__master) -> master__started_as__master : ((master__xml_role == master__xml_role__backup) -> master__started_as__backup : master__started_as)); master__release = ((master__home == master__home__old) -> master__release__old : ((master__home == master__home__new) -> master__release__new : master__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__1 && !again__at__master_alone__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__master_alone__1
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__master_alone__1)) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  fi;
#define wanted__at__master_alone__2 ((master__manager != master__manager__closed) && (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale))))))
#define safe__at__master_alone__2 true
#define anew__at__master_alone__2 true
#define unseen__at__master_alone__2 true
at__master_alone__2: /* master-alone/2 master.start_keepalived */
  if
#define acts__at__master_alone__2 (wanted__at__master_alone__2 && true && safe__at__master_alone__2 && true)
#define again__at__master_alone__2 (!anew__at__master_alone__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__master_alone__2 -> attempt = 0; pending = 0 }; goto at__master_alone__3
  :: d_step { (wanted__at__master_alone__2 && !true) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (wanted__at__master_alone__2 && true && !safe__at__master_alone__2) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__2 && again__at__master_alone__2) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__master_alone__3
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__action && anew__at__master_alone__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__master_alone__2
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__action && !(anew__at__master_alone__2 && attempt + 1 < 2)) -> spend__action; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__blind && unseen__at__master_alone__2 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__master_alone__2
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__blind && unseen__at__master_alone__2 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__blind && !unseen__at__master_alone__2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__2 && !again__at__master_alone__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__master_alone__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__master_alone__2)) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  fi;
#define wanted__at__master_alone__3 (((master__vip != master__vip__absent) && (master__manager != master__manager__closed)) && (!(master__service != master__service__closed)))
#define safe__at__master_alone__3 true
#define anew__at__master_alone__3 true
#define unseen__at__master_alone__3 true
at__master_alone__3: /* master-alone/3 master.go_online */
  if
#define acts__at__master_alone__3 (wanted__at__master_alone__3 && (master__manager != master__manager__closed) && safe__at__master_alone__3 && true)
#define again__at__master_alone__3 (!anew__at__master_alone__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__master_alone__3 -> attempt = 0; pending = 0 }; goto at__master_alone__leave
  :: d_step { (wanted__at__master_alone__3 && !(master__manager != master__manager__closed)) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (wanted__at__master_alone__3 && (master__manager != master__manager__closed) && !safe__at__master_alone__3) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__3 && again__at__master_alone__3) -> phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3) -> master__service = master__service__open; forget; attempt = 0; pending = 0 }; goto at__master_alone__leave
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__action && anew__at__master_alone__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__master_alone__3
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__action && !(anew__at__master_alone__3 && attempt + 1 < 2)) -> spend__action; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__blind && unseen__at__master_alone__3 && attempt + 1 < 2) -> spend__blind; master__service = master__service__open; forget; attempt = attempt + 1; pending = 0 }; goto at__master_alone__3
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__blind && unseen__at__master_alone__3 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__blind && !unseen__at__master_alone__3) -> spend__blind; master__service = master__service__open; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__master_alone__3 && !again__at__master_alone__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__master_alone__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__master_alone__3)) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  fi;
at__master_alone__leave: /* master-alone/leave */
  if
  :: d_step { ((master__service != master__service__closed) && (master__vip != master__vip__absent)) -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!((master__service != master__service__closed) && (master__vip != master__vip__absent)) && quiet) -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!((master__service != master__service__closed) && (master__vip != master__vip__absent)) && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__one_node
  :: d_step { may__blind -> spend__blind; phase = AT_AN_END }; goto at__end__one_node
  fi;

/* phase undo-backup */
#define kept__phase__undo_backup (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__undo_backup__gates: /* undo-backup/gates */
  if
  :: d_step { true -> skip }; goto at__undo_backup__1
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__1 ((!(backup__home == backup__home__old)) && (!((backup__process != backup__process__running) && (backup__service != backup__service__open) && (backup__manager != backup__manager__open) && (backup__release == backup__release__none))))
#define safe__at__undo_backup__1 (((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((master__service != master__service__closed) && (master__vip != master__vip__absent))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && (master__release == master__release__old)))))
#define anew__at__undo_backup__1 true
#define unseen__at__undo_backup__1 true
at__undo_backup__1: /* undo-backup/1 backup.stop */
  if
#define acts__at__undo_backup__1 (wanted__at__undo_backup__1 && true && safe__at__undo_backup__1 && true)
#define again__at__undo_backup__1 (!anew__at__undo_backup__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__1 -> attempt = 0; pending = 0 }; goto at__undo_backup__2
  :: d_step { (wanted__at__undo_backup__1 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__1 && true && !safe__at__undo_backup__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__1 && again__at__undo_backup__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__action && anew__at__undo_backup__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__1
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__action && !(anew__at__undo_backup__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__blind && unseen__at__undo_backup__1 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__1
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__blind && unseen__at__undo_backup__1 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__blind && !unseen__at__undo_backup__1) -> spend__blind; backup__process = backup__process__stopped; backup__service = backup__service__closed; backup__manager = backup__manager__closed; backup__release = backup__release__none; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__1 && !again__at__undo_backup__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__2 ((backup__kept == backup__kept__old) && (!((backup__home == backup__home__old) && (backup__kept == backup__kept__absent))))
#define safe__at__undo_backup__2 true
#define anew__at__undo_backup__2 (backup__kept == backup__kept__old)
#define unseen__at__undo_backup__2 false
at__undo_backup__2: /* undo-backup/2 backup.put_back */
  if
#define acts__at__undo_backup__2 (wanted__at__undo_backup__2 && ((backup__process != backup__process__running) && (backup__kept == backup__kept__old)) && safe__at__undo_backup__2 && true)
#define again__at__undo_backup__2 (!anew__at__undo_backup__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__2 -> attempt = 0; pending = 0 }; goto at__undo_backup__3
  :: d_step { (wanted__at__undo_backup__2 && !((backup__process != backup__process__running) && (backup__kept == backup__kept__old))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__2 && ((backup__process != backup__process__running) && (backup__kept == backup__kept__old)) && !safe__at__undo_backup__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && again__at__undo_backup__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2) -> backup__home = backup__home__old; backup__kept = backup__kept__absent; forget; attempt = 0; pending = 0 }; goto at__undo_backup__3
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup)))) -> backup__home = backup__home__old; backup__kept = backup__kept__absent; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; attempt = 0; pending = 0 }; goto at__undo_backup__3
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__action && anew__at__undo_backup__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__action && !(anew__at__undo_backup__2 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__action && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup))) && anew__at__undo_backup__2 && attempt + 1 < 2) -> spend__action; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__action && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup))) && !(anew__at__undo_backup__2 && attempt + 1 < 2)) -> spend__action; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && unseen__at__undo_backup__2 && attempt + 1 < 2) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && unseen__at__undo_backup__2 && !(attempt + 1 < 2)) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && !unseen__at__undo_backup__2) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup))) && unseen__at__undo_backup__2 && attempt + 1 < 2) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup))) && unseen__at__undo_backup__2 && !(attempt + 1 < 2)) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__blind && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup))) && !unseen__at__undo_backup__2) -> spend__blind; backup__home = backup__home__old; backup__kept = backup__kept__absent; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__2
  :: d_step { (acts__at__undo_backup__2 && !again__at__undo_backup__2 && may__died && !pending && (!((backup__settings != backup__settings__merged) && (backup__xml_role == backup__xml_role__backup)))) -> spend__died; backup__settings = backup__settings__unmerged; backup__xml_role = backup__xml_role__backup; forget; pending = 1; attempt = 0 }; goto at__undo_backup__2
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__2)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__3 ((((backup__vip != backup__vip__absent) && (backup__service != backup__service__closed)) && (master__manager != master__manager__closed)) && (!(master__service != master__service__open)))
#define safe__at__undo_backup__3 ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))
#define anew__at__undo_backup__3 true
#define unseen__at__undo_backup__3 true
at__undo_backup__3: /* undo-backup/3 master.go_offline */
  if
#define acts__at__undo_backup__3 (wanted__at__undo_backup__3 && (master__manager != master__manager__closed) && safe__at__undo_backup__3 && true)
#define again__at__undo_backup__3 (!anew__at__undo_backup__3 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__3 -> attempt = 0; pending = 0 }; goto at__undo_backup__4
  :: d_step { (wanted__at__undo_backup__3 && !(master__manager != master__manager__closed)) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__3 && (master__manager != master__manager__closed) && !safe__at__undo_backup__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__3 && again__at__undo_backup__3) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; master__service = master__service__closed; forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); attempt = 0; pending = 0 }; goto at__undo_backup__4
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__action && anew__at__undo_backup__3 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__3
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__action && !(anew__at__undo_backup__3 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__blind && unseen__at__undo_backup__3 && attempt + 1 < 2) -> spend__blind; master__service = master__service__closed; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__3
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__blind && unseen__at__undo_backup__3 && !(attempt + 1 < 2)) -> spend__blind; master__service = master__service__closed; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__blind && !unseen__at__undo_backup__3) -> spend__blind; master__service = master__service__closed; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__3 && !again__at__undo_backup__3 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__3
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__3)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__4 (((!(backup__ha_role == backup__ha_role__backup)) || (backup__called != backup__called__no)) && (!((backup__keepalived != backup__keepalived__running) && (backup__vip != backup__vip__held) && (backup__ha_loaded != backup__ha_loaded__current))))
#define safe__at__undo_backup__4 ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || ((master__service != master__service__closed) && (master__vip != master__vip__absent)))
#define anew__at__undo_backup__4 true
#define unseen__at__undo_backup__4 true
at__undo_backup__4: /* undo-backup/4 backup.stop_keepalived */
  if
#define acts__at__undo_backup__4 (wanted__at__undo_backup__4 && true && safe__at__undo_backup__4 && true)
#define again__at__undo_backup__4 (!anew__at__undo_backup__4 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__4 -> attempt = 0; pending = 0 }; goto at__undo_backup__5
  :: d_step { (wanted__at__undo_backup__4 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__4 && true && !safe__at__undo_backup__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__4 && again__at__undo_backup__4) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4) -> safety__the_VIP_has_one_holder = rule__the_VIP_has_one_holder; safety__clients_are_served = rule__clients_are_served; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; safety__the_VIP_has_one_holder = (safety__the_VIP_has_one_holder && in_force__rule__the_VIP_has_one_holder && !rule__the_VIP_has_one_holder); assert(!safety__the_VIP_has_one_holder); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); attempt = 0; pending = 0 }; goto at__undo_backup__5
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__action && anew__at__undo_backup__4 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__4
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__action && !(anew__at__undo_backup__4 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__blind && unseen__at__undo_backup__4 && attempt + 1 < 2) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__4
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__blind && unseen__at__undo_backup__4 && !(attempt + 1 < 2)) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__blind && !unseen__at__undo_backup__4) -> spend__blind; backup__keepalived = backup__keepalived__stopped; backup__vip = backup__vip__absent; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__4 && !again__at__undo_backup__4 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__4
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__4)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__5 (!(backup__xml_role == backup__xml_role__backup))
#define safe__at__undo_backup__5 true
#define anew__at__undo_backup__5 true
#define unseen__at__undo_backup__5 true
at__undo_backup__5: /* undo-backup/5 backup.write_backup_xml */
  if
#define acts__at__undo_backup__5 (wanted__at__undo_backup__5 && true && safe__at__undo_backup__5 && true)
#define again__at__undo_backup__5 (!anew__at__undo_backup__5 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__5 -> attempt = 0; pending = 0 }; goto at__undo_backup__6
  :: d_step { (wanted__at__undo_backup__5 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__5 && true && !safe__at__undo_backup__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__5 && again__at__undo_backup__5) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5) -> backup__xml_role = backup__xml_role__backup; forget; attempt = 0; pending = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__action && anew__at__undo_backup__5 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__5
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__action && !(anew__at__undo_backup__5 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__blind && unseen__at__undo_backup__5 && attempt + 1 < 2) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__5
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__blind && unseen__at__undo_backup__5 && !(attempt + 1 < 2)) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__blind && !unseen__at__undo_backup__5) -> spend__blind; backup__xml_role = backup__xml_role__backup; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__5 && !again__at__undo_backup__5 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__5
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__5)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__6 (!((backup__ha_role == backup__ha_role__backup) && (backup__called != backup__called__yes)))
#define safe__at__undo_backup__6 true
#define anew__at__undo_backup__6 true
#define unseen__at__undo_backup__6 true
at__undo_backup__6: /* undo-backup/6 backup.write_backup_conf */
  if
#define acts__at__undo_backup__6 (wanted__at__undo_backup__6 && true && safe__at__undo_backup__6 && true)
#define again__at__undo_backup__6 (!anew__at__undo_backup__6 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__6 -> attempt = 0; pending = 0 }; goto at__undo_backup__7
  :: d_step { (wanted__at__undo_backup__6 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__6 && true && !safe__at__undo_backup__6) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && again__at__undo_backup__6) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6) -> backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; attempt = 0; pending = 0 }; goto at__undo_backup__7
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && (!(backup__ha_loaded != backup__ha_loaded__current))) -> backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__undo_backup__7
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__action && anew__at__undo_backup__6 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__action && !(anew__at__undo_backup__6 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && anew__at__undo_backup__6 && attempt + 1 < 2) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__action && (!(backup__ha_loaded != backup__ha_loaded__current)) && !(anew__at__undo_backup__6 && attempt + 1 < 2)) -> spend__action; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && unseen__at__undo_backup__6 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && unseen__at__undo_backup__6 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && !unseen__at__undo_backup__6) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__undo_backup__6 && attempt + 1 < 2) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && unseen__at__undo_backup__6 && !(attempt + 1 < 2)) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__blind && (!(backup__ha_loaded != backup__ha_loaded__current)) && !unseen__at__undo_backup__6) -> spend__blind; backup__ha_role = backup__ha_role__backup; backup__called = backup__called__no; backup__ha_loaded = backup__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__6
  :: d_step { (acts__at__undo_backup__6 && !again__at__undo_backup__6 && may__died && !pending && (!(backup__ha_loaded != backup__ha_loaded__current))) -> spend__died; backup__ha_loaded = backup__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__undo_backup__6
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__6)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__7 (!(master__xml_role == master__xml_role__master))
#define safe__at__undo_backup__7 true
#define anew__at__undo_backup__7 true
#define unseen__at__undo_backup__7 true
at__undo_backup__7: /* undo-backup/7 master.write_master_xml */
  if
#define acts__at__undo_backup__7 (wanted__at__undo_backup__7 && true && safe__at__undo_backup__7 && true)
#define again__at__undo_backup__7 (!anew__at__undo_backup__7 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__7 -> attempt = 0; pending = 0 }; goto at__undo_backup__8
  :: d_step { (wanted__at__undo_backup__7 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__7 && true && !safe__at__undo_backup__7) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__7 && again__at__undo_backup__7) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7) -> master__xml_role = master__xml_role__master; forget; attempt = 0; pending = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__action && anew__at__undo_backup__7 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__7
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__action && !(anew__at__undo_backup__7 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__blind && unseen__at__undo_backup__7 && attempt + 1 < 2) -> spend__blind; master__xml_role = master__xml_role__master; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__7
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__blind && unseen__at__undo_backup__7 && !(attempt + 1 < 2)) -> spend__blind; master__xml_role = master__xml_role__master; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__blind && !unseen__at__undo_backup__7) -> spend__blind; master__xml_role = master__xml_role__master; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__7 && !again__at__undo_backup__7 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__7
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__7)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__8 (!((master__ha_role == master__ha_role__master) && (master__called != master__called__yes)))
#define safe__at__undo_backup__8 true
#define anew__at__undo_backup__8 true
#define unseen__at__undo_backup__8 true
at__undo_backup__8: /* undo-backup/8 master.write_master_conf */
  if
#define acts__at__undo_backup__8 (wanted__at__undo_backup__8 && true && safe__at__undo_backup__8 && true)
#define again__at__undo_backup__8 (!anew__at__undo_backup__8 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__8 -> attempt = 0; pending = 0 }; goto at__undo_backup__9
  :: d_step { (wanted__at__undo_backup__8 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__8 && true && !safe__at__undo_backup__8) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && again__at__undo_backup__8) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8) -> master__ha_role = master__ha_role__master; master__called = master__called__no; forget; attempt = 0; pending = 0 }; goto at__undo_backup__9
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && (!(master__ha_loaded != master__ha_loaded__current))) -> master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = 0; pending = 0 }; goto at__undo_backup__9
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__action && anew__at__undo_backup__8 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__action && !(anew__at__undo_backup__8 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && anew__at__undo_backup__8 && attempt + 1 < 2) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__action && (!(master__ha_loaded != master__ha_loaded__current)) && !(anew__at__undo_backup__8 && attempt + 1 < 2)) -> spend__action; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && unseen__at__undo_backup__8 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && unseen__at__undo_backup__8 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && !unseen__at__undo_backup__8) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__undo_backup__8 && attempt + 1 < 2) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && unseen__at__undo_backup__8 && !(attempt + 1 < 2)) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__blind && (!(master__ha_loaded != master__ha_loaded__current)) && !unseen__at__undo_backup__8) -> spend__blind; master__ha_role = master__ha_role__master; master__called = master__called__no; master__ha_loaded = master__ha_loaded__stale; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__8
  :: d_step { (acts__at__undo_backup__8 && !again__at__undo_backup__8 && may__died && !pending && (!(master__ha_loaded != master__ha_loaded__current))) -> spend__died; master__ha_loaded = master__ha_loaded__stale; forget; pending = 1; attempt = 0 }; goto at__undo_backup__8
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__8)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__9 ((master__keepalived != master__keepalived__stopped) && (!(master__ha_loaded != master__ha_loaded__stale)))
#define safe__at__undo_backup__9 true
#define anew__at__undo_backup__9 true
#define unseen__at__undo_backup__9 true
at__undo_backup__9: /* undo-backup/9 master.reload_keepalived */
  if
#define acts__at__undo_backup__9 (wanted__at__undo_backup__9 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && safe__at__undo_backup__9 && true)
#define again__at__undo_backup__9 (!anew__at__undo_backup__9 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__9 -> attempt = 0; pending = 0 }; goto at__undo_backup__10
  :: d_step { (wanted__at__undo_backup__9 && !((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__9 && ((master__keepalived != master__keepalived__stopped) && (master__ha_file != master__ha_file__invalid)) && !safe__at__undo_backup__9) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__9 && again__at__undo_backup__9) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9) -> master__ha_loaded = master__ha_loaded__current; forget; attempt = 0; pending = 0 }; goto at__undo_backup__10
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__action && anew__at__undo_backup__9 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__9
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__action && !(anew__at__undo_backup__9 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__blind && unseen__at__undo_backup__9 && attempt + 1 < 2) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__9
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__blind && unseen__at__undo_backup__9 && !(attempt + 1 < 2)) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__blind && !unseen__at__undo_backup__9) -> spend__blind; master__ha_loaded = master__ha_loaded__current; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__9 && !again__at__undo_backup__9 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__9
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__9)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__10 (!((master__keepalived != master__keepalived__stopped) && ((!(master__keepalived != master__keepalived__running)) || ((master__keepalived != master__keepalived__running) && (master__ha_loaded != master__ha_loaded__stale)))))
#define safe__at__undo_backup__10 true
#define anew__at__undo_backup__10 true
#define unseen__at__undo_backup__10 true
at__undo_backup__10: /* undo-backup/10 master.start_keepalived */
  if
#define acts__at__undo_backup__10 (wanted__at__undo_backup__10 && true && safe__at__undo_backup__10 && true)
#define again__at__undo_backup__10 (!anew__at__undo_backup__10 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__10 -> attempt = 0; pending = 0 }; goto at__undo_backup__11
  :: d_step { (wanted__at__undo_backup__10 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__10 && true && !safe__at__undo_backup__10) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__10 && again__at__undo_backup__10) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10) -> scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__undo_backup__11
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__action && anew__at__undo_backup__10 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__10
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__action && !(anew__at__undo_backup__10 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__blind && unseen__at__undo_backup__10 && attempt + 1 < 2) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__10
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__blind && unseen__at__undo_backup__10 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__blind && !unseen__at__undo_backup__10) -> spend__blind; scratch[0] = master__keepalived__running; scratch[1] = ((master__keepalived != master__keepalived__running) -> master__ha_loaded__current : master__ha_loaded); master__keepalived = scratch[0]; master__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__10 && !again__at__undo_backup__10 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__10
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__10)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__11 ((backup__process != backup__process__running) && (!((backup__process != backup__process__stopped) && (backup__manager != backup__manager__closed) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__service != backup__service__closed)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__service != backup__service__open))) && (((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) || ((backup__xml_role == backup__xml_role__master) && (backup__started_as != backup__started_as__backup)) || (((!(backup__xml_role == backup__xml_role__master)) && (backup__xml_role == backup__xml_role__backup)) && (backup__started_as != backup__started_as__master))) && (((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) || ((backup__home == backup__home__old) && (backup__release == backup__release__old)) || (((!(backup__home == backup__home__old)) && (backup__home == backup__home__new)) && (backup__release == backup__release__new))))))
#define safe__at__undo_backup__11 (((!(!((master__service != master__service__closed) && (backup__service != backup__service__closed)))) || (!((master__service != master__service__closed) && ((((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) && (backup__service != backup__service__closed)) || (backup__xml_role == backup__xml_role__master))))) && ((!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) || (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || (((((!(backup__xml_role == backup__xml_role__master)) && (!(backup__xml_role == backup__xml_role__backup))) && (backup__service != backup__service__closed)) || (backup__xml_role == backup__xml_role__master)) && (backup__vip != backup__vip__absent)))) && ((!(!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) || (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || ((((!(backup__home == backup__home__old)) && (!(backup__home == backup__home__new))) && (backup__release == backup__release__old)) || (backup__home == backup__home__old)))))))
#define anew__at__undo_backup__11 (backup__process != backup__process__running)
#define unseen__at__undo_backup__11 false
at__undo_backup__11: /* undo-backup/11 backup.start */
  if
#define acts__at__undo_backup__11 (wanted__at__undo_backup__11 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && safe__at__undo_backup__11 && true)
#define again__at__undo_backup__11 (!anew__at__undo_backup__11 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__11 -> attempt = 0; pending = 0 }; goto at__undo_backup__12
  :: d_step { (wanted__at__undo_backup__11 && !((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged)))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__11 && ((backup__home == backup__home__old) || ((backup__home == backup__home__new) && (backup__settings != backup__settings__unmerged))) && !safe__at__undo_backup__11) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__11 && again__at__undo_backup__11) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11) -> safety__two_nodes_never_serve_at_once = rule__two_nodes_never_serve_at_once; safety__clients_are_served = rule__clients_are_served; safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; safety__two_nodes_never_serve_at_once = (safety__two_nodes_never_serve_at_once && in_force__rule__two_nodes_never_serve_at_once && !rule__two_nodes_never_serve_at_once); assert(!safety__two_nodes_never_serve_at_once); safety__clients_are_served = (safety__clients_are_served && in_force__rule__clients_are_served && !rule__clients_are_served); assert(!safety__clients_are_served); safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__undo_backup__12
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__action && anew__at__undo_backup__11 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__11
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__action && !(anew__at__undo_backup__11 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__blind && unseen__at__undo_backup__11 && attempt + 1 < 2) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__11
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__blind && unseen__at__undo_backup__11 && !(attempt + 1 < 2)) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__blind && !unseen__at__undo_backup__11) -> spend__blind; backup__process = backup__process__running; backup__manager = backup__manager__open; backup__service = ((backup__xml_role == backup__xml_role__master) -> backup__service__open : ((backup__xml_role == backup__xml_role__backup) -> backup__service__closed : backup__service)); backup__started_as = ((backup__xml_role == backup__xml_role__master) -> backup__started_as__master : ((backup__xml_role == backup__xml_role__backup) -> backup__started_as__backup : backup__started_as)); backup__release = ((backup__home == backup__home__old) -> backup__release__old : ((backup__home == backup__home__new) -> backup__release__new : backup__release)); forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__11 && !again__at__undo_backup__11 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__11
  :: d_step { (may__blind && pending && !false) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__11)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_backup__12 (!((backup__keepalived != backup__keepalived__stopped) && ((!(backup__keepalived != backup__keepalived__running)) || ((backup__keepalived != backup__keepalived__running) && (backup__ha_loaded != backup__ha_loaded__stale)))))
#define safe__at__undo_backup__12 true
#define anew__at__undo_backup__12 true
#define unseen__at__undo_backup__12 true
at__undo_backup__12: /* undo-backup/12 backup.start_keepalived */
  if
#define acts__at__undo_backup__12 (wanted__at__undo_backup__12 && true && safe__at__undo_backup__12 && true)
#define again__at__undo_backup__12 (!anew__at__undo_backup__12 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_backup__12 -> attempt = 0; pending = 0 }; goto at__undo_backup__leave
  :: d_step { (wanted__at__undo_backup__12 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_backup__12 && true && !safe__at__undo_backup__12) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__12 && again__at__undo_backup__12) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12) -> scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = 0; pending = 0 }; goto at__undo_backup__leave
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__action && anew__at__undo_backup__12 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__12
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__action && !(anew__at__undo_backup__12 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__blind && unseen__at__undo_backup__12 && attempt + 1 < 2) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_backup__12
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__blind && unseen__at__undo_backup__12 && !(attempt + 1 < 2)) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__blind && !unseen__at__undo_backup__12) -> spend__blind; scratch[0] = backup__keepalived__running; scratch[1] = ((backup__keepalived != backup__keepalived__running) -> backup__ha_loaded__current : backup__ha_loaded); backup__keepalived = scratch[0]; backup__ha_loaded = scratch[1]; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_backup__12 && !again__at__undo_backup__12 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_backup__12
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_backup__12)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__undo_backup__leave: /* undo-backup/leave */
  if
  :: d_step { (((backup__manager != backup__manager__closed) && (backup__release == backup__release__old)) && ((master__keepalived != master__keepalived__stopped) && (backup__keepalived != backup__keepalived__stopped))) -> phase = phase__undo_database }; goto at__undo_database__gates
  :: d_step { (!(((backup__manager != backup__manager__closed) && (backup__release == backup__release__old)) && ((master__keepalived != master__keepalived__stopped) && (backup__keepalived != backup__keepalived__stopped))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!(((backup__manager != backup__manager__closed) && (backup__release == backup__release__old)) && ((master__keepalived != master__keepalived__stopped) && (backup__keepalived != backup__keepalived__stopped))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase undo-database */
#define kept__phase__undo_database (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__undo_database__gates: /* undo-database/gates */
  if
  :: d_step { ((configdb__schema == configdb__schema__old) || (configdb__changed != configdb__changed__yes)) -> skip }; goto at__undo_database__1
  :: d_step { !((configdb__schema == configdb__schema__old) || (configdb__changed != configdb__changed__yes)) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__undo_database__1 ((!(configdb__schema == configdb__schema__old)) && (!(configdb__schema == configdb__schema__old)))
#define safe__at__undo_database__1 true
#define anew__at__undo_database__1 true
#define unseen__at__undo_database__1 true
at__undo_database__1: /* undo-database/1 configdb.restore */
  if
#define acts__at__undo_database__1 (wanted__at__undo_database__1 && ((configdb__dump != configdb__dump__none) && (configdb__changed != configdb__changed__yes)) && safe__at__undo_database__1 && true)
#define again__at__undo_database__1 (!anew__at__undo_database__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__undo_database__1 -> attempt = 0; pending = 0 }; goto at__undo_database__2
  :: d_step { (wanted__at__undo_database__1 && !((configdb__dump != configdb__dump__none) && (configdb__changed != configdb__changed__yes))) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_database__1 && ((configdb__dump != configdb__dump__none) && (configdb__changed != configdb__changed__yes)) && !safe__at__undo_database__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && again__at__undo_database__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; configdb__schema = configdb__schema__old; forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__undo_database__2
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && (!(master__memory != master__memory__same))) -> safety__no_node_runs_on_a_schema_that_it_cannot_read = rule__no_node_runs_on_a_schema_that_it_cannot_read; configdb__schema = configdb__schema__old; master__memory = master__memory__differs; forget; safety__no_node_runs_on_a_schema_that_it_cannot_read = (safety__no_node_runs_on_a_schema_that_it_cannot_read && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read && !rule__no_node_runs_on_a_schema_that_it_cannot_read); assert(!safety__no_node_runs_on_a_schema_that_it_cannot_read); attempt = 0; pending = 0 }; goto at__undo_database__2
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__action && anew__at__undo_database__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__undo_database__1
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__action && !(anew__at__undo_database__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__action && (!((configdb__schema == configdb__schema__partial) && (master__memory != master__memory__same))) && anew__at__undo_database__1 && attempt + 1 < 2) -> spend__action; configdb__schema = configdb__schema__partial; master__memory = master__memory__differs; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_database__1
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__action && (!((configdb__schema == configdb__schema__partial) && (master__memory != master__memory__same))) && !(anew__at__undo_database__1 && attempt + 1 < 2)) -> spend__action; configdb__schema = configdb__schema__partial; master__memory = master__memory__differs; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && unseen__at__undo_database__1 && attempt + 1 < 2) -> spend__blind; configdb__schema = configdb__schema__old; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_database__1
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && unseen__at__undo_database__1 && !(attempt + 1 < 2)) -> spend__blind; configdb__schema = configdb__schema__old; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && !unseen__at__undo_database__1) -> spend__blind; configdb__schema = configdb__schema__old; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && (!(master__memory != master__memory__same)) && unseen__at__undo_database__1 && attempt + 1 < 2) -> spend__blind; configdb__schema = configdb__schema__old; master__memory = master__memory__differs; forget; attempt = attempt + 1; pending = 0 }; goto at__undo_database__1
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && (!(master__memory != master__memory__same)) && unseen__at__undo_database__1 && !(attempt + 1 < 2)) -> spend__blind; configdb__schema = configdb__schema__old; master__memory = master__memory__differs; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__blind && (!(master__memory != master__memory__same)) && !unseen__at__undo_database__1) -> spend__blind; configdb__schema = configdb__schema__old; master__memory = master__memory__differs; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__undo_database__1
  :: d_step { (acts__at__undo_database__1 && !again__at__undo_database__1 && may__died && !pending && (!((configdb__schema == configdb__schema__partial) && (master__memory != master__memory__same)))) -> spend__died; configdb__schema = configdb__schema__partial; master__memory = master__memory__differs; forget; pending = 1; attempt = 0 }; goto at__undo_database__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_database__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__undo_database__2 ((master__manager != master__manager__closed) && (!(master__memory != master__memory__differs)))
#define safe__at__undo_database__2 true
#define anew__at__undo_database__2 true
#define unseen__at__undo_database__2 true
at__undo_database__2: /* undo-database/2 master.reload_config */
  if
#define acts__at__undo_database__2 (wanted__at__undo_database__2 && (master__manager != master__manager__closed) && safe__at__undo_database__2 && true)
#define again__at__undo_database__2 (!anew__at__undo_database__2 && (pending))
  :: d_step { !wanted__at__undo_database__2 -> pending = 0 }; goto at__undo_database__leave
  :: d_step { (wanted__at__undo_database__2 && !(master__manager != master__manager__closed)) -> phase = phase__stay; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__undo_database__2 && (master__manager != master__manager__closed) && !safe__at__undo_database__2) -> phase = phase__stay; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__2 && again__at__undo_database__2) -> phase = phase__stay; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__2 && !again__at__undo_database__2) -> master__memory = master__memory__same; forget; pending = 0 }; goto at__undo_database__leave
  :: d_step { (acts__at__undo_database__2 && !again__at__undo_database__2 && may__action) -> spend__action; phase = phase__stay; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__2 && !again__at__undo_database__2 && may__blind && unseen__at__undo_database__2) -> spend__blind; master__memory = master__memory__same; forget; phase = phase__stay; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__undo_database__2 && !again__at__undo_database__2 && may__blind && !unseen__at__undo_database__2) -> spend__blind; master__memory = master__memory__same; forget; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__undo_database__2 && !again__at__undo_database__2 && may__died && !pending) -> spend__died; pending = 1 }; goto at__undo_database__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__undo_database__2)) -> spend__blind; phase = phase__stay; pending = 0 }; goto at__stay__gates
  fi;
at__undo_database__leave: /* undo-database/leave */
  if
  :: d_step { true -> phase = phase__clean_up }; goto at__clean_up__gates
  :: d_step { (!true && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  fi;

/* phase clean-up */
#define kept__phase__clean_up (rule__two_nodes_never_serve_at_once && rule__the_VIP_has_one_holder && rule__clients_are_served && rule__no_node_runs_on_a_schema_that_it_cannot_read)
at__clean_up__gates: /* clean-up/gates */
  if
  :: d_step { true -> skip }; goto at__clean_up__1
  :: d_step { !true -> phase = phase__stay }; goto at__stay__gates
  fi;
#define wanted__at__clean_up__1 (!(backup__staged == backup__staged__absent))
#define safe__at__clean_up__1 true
#define anew__at__clean_up__1 true
#define unseen__at__clean_up__1 true
at__clean_up__1: /* clean-up/1 backup.discard_staged */
  if
#define acts__at__clean_up__1 (wanted__at__clean_up__1 && true && safe__at__clean_up__1 && true)
#define again__at__clean_up__1 (!anew__at__clean_up__1 && (pending || attempt > 0))
  :: d_step { !wanted__at__clean_up__1 -> attempt = 0; pending = 0 }; goto at__clean_up__2
  :: d_step { (wanted__at__clean_up__1 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__clean_up__1 && true && !safe__at__clean_up__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__1 && again__at__clean_up__1) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1) -> backup__staged = backup__staged__absent; forget; attempt = 0; pending = 0 }; goto at__clean_up__2
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__action && anew__at__clean_up__1 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__clean_up__1
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__action && !(anew__at__clean_up__1 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__blind && unseen__at__clean_up__1 && attempt + 1 < 2) -> spend__blind; backup__staged = backup__staged__absent; forget; attempt = attempt + 1; pending = 0 }; goto at__clean_up__1
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__blind && unseen__at__clean_up__1 && !(attempt + 1 < 2)) -> spend__blind; backup__staged = backup__staged__absent; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__blind && !unseen__at__clean_up__1) -> spend__blind; backup__staged = backup__staged__absent; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__clean_up__1 && !again__at__clean_up__1 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__clean_up__1
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__clean_up__1)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
#define wanted__at__clean_up__2 (!(master__staged == master__staged__absent))
#define safe__at__clean_up__2 true
#define anew__at__clean_up__2 true
#define unseen__at__clean_up__2 true
at__clean_up__2: /* clean-up/2 master.discard_staged */
  if
#define acts__at__clean_up__2 (wanted__at__clean_up__2 && true && safe__at__clean_up__2 && true)
#define again__at__clean_up__2 (!anew__at__clean_up__2 && (pending || attempt > 0))
  :: d_step { !wanted__at__clean_up__2 -> attempt = 0; pending = 0 }; goto at__clean_up__leave
  :: d_step { (wanted__at__clean_up__2 && !true) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (wanted__at__clean_up__2 && true && !safe__at__clean_up__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__2 && again__at__clean_up__2) -> phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2) -> master__staged = master__staged__absent; forget; attempt = 0; pending = 0 }; goto at__clean_up__leave
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__action && anew__at__clean_up__2 && attempt + 1 < 2) -> spend__action; attempt = attempt + 1; pending = 0 }; goto at__clean_up__2
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__action && !(anew__at__clean_up__2 && attempt + 1 < 2)) -> spend__action; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__blind && unseen__at__clean_up__2 && attempt + 1 < 2) -> spend__blind; master__staged = master__staged__absent; forget; attempt = attempt + 1; pending = 0 }; goto at__clean_up__2
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__blind && unseen__at__clean_up__2 && !(attempt + 1 < 2)) -> spend__blind; master__staged = master__staged__absent; forget; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__blind && !unseen__at__clean_up__2) -> spend__blind; master__staged = master__staged__absent; forget; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (acts__at__clean_up__2 && !again__at__clean_up__2 && may__died && !pending) -> spend__died; pending = 1; attempt = 0 }; goto at__clean_up__2
  :: d_step { (may__blind && pending && !true) -> spend__blind; phase = AT_AN_END; attempt = 0; pending = 0 }; goto at__end__one_node
  :: d_step { (may__blind && (!pending || anew__at__clean_up__2)) -> spend__blind; phase = phase__stay; attempt = 0; pending = 0 }; goto at__stay__gates
  fi;
at__clean_up__leave: /* clean-up/leave */
  if
  :: d_step { ((!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> phase = AT_A_GOOD_END }; goto at__end__rolled_back
  :: d_step { (!((!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && quiet) -> phase = phase__stay }; goto at__stay__gates
  :: d_step { (!((!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && !quiet && may__late) -> spend__late; phase = phase__stay }; goto at__stay__gates
  :: d_step { may__blind -> spend__blind; phase = phase__stay }; goto at__stay__gates
  fi;

/* end success */
at__end__success:
  if
  :: d_step { ((((((((master__home == master__home__new) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> phase = ENDED_WELL; regret__success = (false); assert(!regret__success); }; goto end__success
  :: d_step { !((((((((master__home == master__home__new) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && quiet -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!((((((((master__home == master__home__new) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (((((((((master__home == master__home__new) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && may__blind) -> spend__blind; phase = AT_AN_END }; goto at__end__one_node
  fi;
end__success:
progress__end__success:
  do
  :: d_step { true -> not_true__success = (quiet && !((((((((master__home == master__home__new) && (master__release == master__release__new)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__new) && (backup__release == backup__release__new)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old)))))); assert(!not_true__success) }
  od;

/* end unchanged */
at__end__unchanged:
  if
  :: d_step { true -> phase = ENDED; regret__unchanged = (undisturbed); assert(!regret__unchanged); }; goto end__unchanged
  :: d_step { !true && quiet -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__one_node
  fi;
end__unchanged:
progress__end__unchanged:
  do
  :: d_step { true -> not_true__unchanged = (quiet && !true); assert(!not_true__unchanged) }
  od;

/* end rolled-back */
at__end__rolled_back:
  if
  :: d_step { (((((((((master__home == master__home__old) && (master__staged == master__staged__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__old) && (backup__staged == backup__staged__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (configdb__schema == configdb__schema__old)) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) -> phase = ENDED_WELL; regret__rolled_back = (undisturbed); assert(!regret__rolled_back); }; goto end__rolled_back
  :: d_step { !(((((((((master__home == master__home__old) && (master__staged == master__staged__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__old) && (backup__staged == backup__staged__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (configdb__schema == configdb__schema__old)) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && quiet -> phase = AT_AN_END }; goto at__end__one_node
  :: d_step { (!(((((((((master__home == master__home__old) && (master__staged == master__staged__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__old) && (backup__staged == backup__staged__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (configdb__schema == configdb__schema__old)) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__one_node
  :: d_step { ((((((((((master__home == master__home__old) && (master__staged == master__staged__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__old) && (backup__staged == backup__staged__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (configdb__schema == configdb__schema__old)) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old))))) && may__blind) -> spend__blind; phase = AT_AN_END }; goto at__end__one_node
  fi;
end__rolled_back:
progress__end__rolled_back:
  do
  :: d_step { true -> not_true__rolled_back = (quiet && !(((((((((master__home == master__home__old) && (master__staged == master__staged__absent)) && (master__keepalived != master__keepalived__stopped)) && (master__ha_loaded != master__ha_loaded__stale)) && ((((backup__home == backup__home__old) && (backup__staged == backup__staged__absent)) && (backup__keepalived != backup__keepalived__stopped)) && (backup__ha_loaded != backup__ha_loaded__stale))) && (configdb__schema == configdb__schema__old)) && ((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1)) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && (!((master__service != master__service__closed) && (backup__service != backup__service__closed))) && (!((master__vip != master__vip__absent) && (backup__vip != backup__vip__absent))) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && (!(((!(configdb__sql == configdb__sql__widening_only)) && (!(configdb__schema == configdb__schema__old))) && ((master__release == master__release__old) || (backup__release == backup__release__old)))))); assert(!not_true__rolled_back) }
  od;

/* end one-node */
at__end__one_node:
  if
  :: d_step { (((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) -> phase = ENDED; regret__one_node = (undisturbed); assert(!regret__one_node); }; goto end__one_node
  :: d_step { !(((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && quiet -> phase = AT_AN_END }; goto at__end__in_doubt
  :: d_step { (!(((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__in_doubt
  :: d_step { ((((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))) && may__blind) -> spend__blind; phase = AT_AN_END }; goto at__end__in_doubt
  fi;
end__one_node:
progress__end__one_node:
  do
  :: d_step { true -> not_true__one_node = (quiet && !(((master__service != master__service__closed) + (backup__service != backup__service__closed) == 1) && (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))))); assert(!not_true__one_node) }
  od;

/* end in-doubt */
at__end__in_doubt:
  if
  :: d_step { (((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) -> phase = ENDED; regret__in_doubt = (undisturbed); assert(!regret__in_doubt); }; goto end__in_doubt
  :: d_step { !(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && quiet -> phase = AT_AN_END }; goto at__end__stranded
  :: d_step { (!(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__stranded
  :: d_step { ((((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent))) && may__blind) -> spend__blind; phase = AT_AN_END }; goto at__end__stranded
  fi;
end__in_doubt:
progress__end__in_doubt:
  do
  :: d_step { true -> not_true__in_doubt = (quiet && !(((master__service != master__service__closed) && (master__vip != master__vip__absent)) || ((backup__service != backup__service__closed) && (backup__vip != backup__vip__absent)))); assert(!not_true__in_doubt) }
  od;

/* end stranded */
at__end__stranded:
  if
  :: d_step { true -> phase = ENDED; regret__stranded = (undisturbed); assert(!regret__stranded); }; goto end__stranded
  :: d_step { !true && quiet -> phase = AT_AN_END }; goto at__end__stranded
  :: d_step { (!true && !quiet && may__late) -> spend__late; phase = AT_AN_END }; goto at__end__stranded
  fi;
end__stranded:
progress__end__stranded:
  do
  :: d_step { true -> not_true__stranded = (quiet && !true); assert(!not_true__stranded) }
  od;
}

init {
  atomic {
    master__home = master__home__old;
    master__release = master__release__old; master__keepalived = master__keepalived__running; master__ha_loaded = master__ha_loaded__current; backup__release = backup__release__old; backup__keepalived = backup__keepalived__running; backup__ha_loaded = backup__ha_loaded__current; master__service = master__service__open; backup__service = backup__service__closed; master__vip = master__vip__held; backup__vip = backup__vip__absent; configdb__schema = configdb__schema__old; configdb__sql = configdb__sql__widening_only; master__manager = master__manager__open; backup__manager = backup__manager__open; backup__process = backup__process__running; master__process = master__process__running; configdb__changed = configdb__changed__no;
    backup__home = backup__home__old;
    if
    :: master__staged = master__staged__new
    :: master__staged = master__staged__absent
    fi;
    if
    :: backup__staged = backup__staged__new
    :: backup__staged = backup__staged__absent
    fi;
    configdb__reachable = configdb__reachable__yes;
    release__package = release__package__verified;
    release__jdk_package = release__jdk_package__verified;
    master__licence = master__licence__enough;
    master__kept = master__kept__absent; master__settings = master__settings__unmerged;
    backup__kept = backup__kept__absent; backup__settings = backup__settings__unmerged;
    master__xml_role = master__xml_role__master;
    backup__xml_role = backup__xml_role__backup;
    backup__started_as = backup__started_as__backup;
    master__ha_role = master__ha_role__master;
    master__ha_file = master__ha_file__valid;
    master__called = master__called__no;
    backup__ha_role = backup__ha_role__backup;
    backup__ha_file = backup__ha_file__valid;
    backup__called = backup__called__no;
    master__ha_pair = master__ha_pair__fails_over;
    master__config_check = master__config_check__passed;
    master__memory = master__memory__same;
    master__ddl = master__ddl__idle;
    clients__answer = clients__answer__yes;
    if
    :: master__sessions = master__sessions__drained
    :: master__sessions = master__sessions__busy
    fi;
    if
    :: backup__jdk = backup__jdk__ready
    :: backup__jdk = backup__jdk__absent
    fi;
    if
    :: master__jdk = master__jdk__ready
    :: master__jdk = master__jdk__absent
    fi;
    if
    :: configdb__dump = configdb__dump__complete
    :: configdb__dump = configdb__dump__none
    fi;
    if
    :: master__started_as = master__started_as__master
    :: master__started_as = master__started_as__backup
    fi;
    phase = phase__preflight;
    run site();
    run operator()
  }
}

/* Stronger than what the proof claims: it asks only that an end can be reached from everywhere. */
ltl an_end_is_reached { <> (phase == ENDED || phase == ENDED_WELL) }
/* While nothing has failed a rule that is in force holds, whoever is to blame. */
ltl kept__rule__two_nodes_never_serve_at_once { [] ((left == FAULTS && in_force__rule__two_nodes_never_serve_at_once) -> rule__two_nodes_never_serve_at_once) }
ltl kept__rule__the_VIP_has_one_holder { [] ((left == FAULTS && in_force__rule__the_VIP_has_one_holder) -> rule__the_VIP_has_one_holder) }
ltl kept__rule__clients_are_served { [] ((left == FAULTS && in_force__rule__clients_are_served) -> rule__clients_are_served) }
ltl kept__rule__no_node_runs_on_a_schema_that_it_cannot_read { [] ((left == FAULTS && in_force__rule__no_node_runs_on_a_schema_that_it_cannot_read) -> rule__no_node_runs_on_a_schema_that_it_cannot_read) }
