"""What both sides of tools/bench step are given: as many steps as wanted, each with a path of its own on one host.

For Interlock a procedure and a site, with the component in step/components; for Ansible a playbook and an inventory.
"""
HOST, FOLDER = "hotdb-1", "/var/tmp/interlock-bench"
ACTIONS = {"unchanged": "make_directory", "changing": "make_file"}
MODULES = {"unchanged": "ansible.builtin.file: {{path: '{path}', state: directory}}", "changing": "ansible.builtin.command: touch {path}"}
PROCEDURE = """procedure: step-{kind}
title: {{en: "{count} steps"}}
roles:
{roles}phases:
  make:
    steps: [{steps}]
    next: success
    back: attention
ends:
  success: {{is: success}}
  attention: {{is: attention, look: {{en: interlock report}}, type: {{en: interlock resume RUN}}}}
"""


def paths(count):
    return [f"{FOLDER}/item-{number:02}" for number in range(1, count + 1)]


def roles(count):
    return [f"item_{number:02}" for number in range(1, count + 1)]


def procedure(kind, count):
    listed = "".join(f"  {role}: {{components: [item], params: {{path: {path}}}}}\n" for role, path in zip(roles(count), paths(count)))
    steps = ", ".join(f"{role}.{ACTIONS[kind]}" for role in roles(count))
    return PROCEDURE.format(kind=kind, count=count, roles=listed, steps=steps)


def site(count):
    players = "".join(f"  {role}: {{host: {HOST}}}\n" for role in roles(count))
    return f"site: bench\nhosts:\n  {HOST}: {{address: {HOST}}}\nroles:\n{players}"


def playbook(kind, count):
    tasks = "".join(f"    - {MODULES[kind].format(path=path)}\n" for path in paths(count))
    return f"- hosts: {HOST}\n  gather_facts: false\n  tasks:\n{tasks}"


def inventory():
    return f"{HOST} ansible_python_interpreter=/usr/bin/python3\n"
