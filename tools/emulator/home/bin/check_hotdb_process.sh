#!/bin/bash
# keepalived's checks and notifications for the HotDB emulator. What the vendor's own script holds is not public.
#   process              0 while the compute node's process lives
#   connect_master       0 while the service and the management port accept connections
#   connect_backup       0 while the management port does
#   master_notify_master, backup_notify_master   the VIP has come: `online`, unless the service port is open
#   master_notify_backup, backup_notify_backup   written to the log
# Everything here runs inside an outage: no program is started that is not needed.
home=${BASH_SOURCE[0]%/*}/..
class=cn.hotpu.hotdb.HotdbStartup

port() {
  local name=$1 line
  while IFS= read -r line; do
    if [[ $line =~ name=\"$name\"\>([0-9]+)\< ]]; then
      echo "${BASH_REMATCH[1]}"
      return
    fi
  done <"$home/conf/server.xml"
  echo "$2"
}

accepts() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

process() {
  local pid line
  read -r pid 2>/dev/null <"$home/run/hotdb-server.pid" || return 1
  line=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline") || return 1
  [[ $line == *$class* ]]
}

note() { printf '%(%F %T)T %s\n' -1 "$1" >>"$home/logs/hotdb_ha.log" 2>/dev/null; }

go_online() {
  note "$1"
  accepts "$(port serverPort 3323)" && return 0
  /usr/bin/python3 -B -S -E -s "$home/lib/hotdb_emulator/ask.py" "$(port managerPort 3325)" online 2>>"$home/logs/hotdb_ha.log"
}

case "$1" in
  process) process ;;
  connect_master) accepts "$(port serverPort 3323)" && accepts "$(port managerPort 3325)" ;;
  connect_backup) accepts "$(port managerPort 3325)" ;;
  master_notify_master | backup_notify_master) go_online "$1" ;;
  master_notify_backup | backup_notify_backup) note "$1" ;;
  *) echo "usage: check_hotdb_process.sh process|connect_master|connect_backup|{master,backup}_notify_{master,backup}" >&2; exit 2 ;;
esac
