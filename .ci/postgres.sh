#!/usr/bin/env bash
# Makes sure that a local PostgreSQL with pgvector runs and has roles for the tests.
# Prints `export ATHENA_TEST_POSTGRES_URL=...`, `export ATHENA_TEST_POSTGRES_ADMIN_URL=...` for what only a superuser
# can do, and `export ATHENA_TEST_POSTGRES_LOGIN_URL=...`, a login that may do nothing in particular; everything else
# goes to standard error.
set -euo pipefail

readonly role=athena_test
readonly admin_role=athena_test_admin
readonly login_role=athena_test_login
readonly pgvector_minimum=0.8.0
readonly debian_keyring=/usr/share/keyrings/debian-archive-keyring.gpg

say() { echo "postgres: $*" >&2; }
fail() {
  say "$*"
  exit 1
}

export DEBIAN_FRONTEND=noninteractive
apt() { apt-get -qq -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=120 "$@" </dev/null >&2; }

install_packages() {
  apt update
  apt install --yes --no-install-recommends "$@"
}

# The first cluster called main, as "version port status".
main_cluster() { pg_lsclusters --no-header 2>/dev/null | awk '$2 == "main" { print $1, $3, $4; exit }'; }

ensure_server() {
  if [[ -z $(main_cluster) ]]; then
    say 'installing the server'
    install_packages postgresql
  fi
  read -r version port status <<<"$(main_cluster)"
  [[ -n ${version:-} ]] || fail 'no cluster called main: create one with pg_createcluster'
  if [[ $status != online* ]]; then
    say "starting the cluster $version main"
    pg_ctlcluster --skip-systemctl-redirect "$version" main start >&2
  fi
  for _ in $(seq 60); do
    pg_isready --quiet --port "$port" && return
    sleep 0.5
  done
  fail "the cluster $version main does not accept connections on port $port"
}

sql() {
  (cd / && runuser --user postgres -- psql --no-psqlrc --quiet --no-align --tuples-only \
    --port "$port" --set ON_ERROR_STOP=1 "$@")
}

pgvector_is_new_enough() {
  local found
  found=$(sql --dbname template1 --command \
    "select default_version from pg_available_extensions where name = 'vector'")
  [[ -n $found ]] && dpkg --compare-versions "$found" ge "$pgvector_minimum"
}

# The mirror this machine already uses for its own release.
debian_mirror() {
  # shellcheck disable=SC1091
  apt-get indextargets --format '$(RELEASE) $(REPO_URI)' |
    awk -v release="$(. /etc/os-release && echo "$VERSION_CODENAME")" '$1 == release { print $2; exit }'
}

# apt-get with a package list of its own, so that the machine's lists stay as they are.
apt_with_trixie_sources() {
  apt -o Dir::Etc::sourcelist="$work/trixie.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::State::lists="$work/lists" -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root "$@"
}

download_pgvector() {
  local mirror
  mirror=$(debian_mirror)
  [[ -n $mirror ]] || fail "apt knows no mirror of Debian: install pgvector >= $pgvector_minimum by hand"
  mkdir -p "$work/lists/partial" "$work/cache/archives/partial"
  echo "deb-src [signed-by=$debian_keyring] $mirror trixie main" >"$work/trixie.list"
  apt_with_trixie_sources update
  (cd "$work" && apt_with_trixie_sources source pgvector)
}

ensure_pgvector() {
  pgvector_is_new_enough && return
  say "building pgvector for PostgreSQL $version"
  install_packages "postgresql-server-dev-$version" build-essential dpkg-dev debian-archive-keyring
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  download_pgvector
  make --silent -C "$work"/pgvector-*/ PG_CONFIG="/usr/lib/postgresql/$version/bin/pg_config" all install >&2
  pgvector_is_new_enough || fail "the built pgvector is older than $pgvector_minimum"
}

make_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# make_login ROLE ATTRIBUTES: prints the role's address; its password is a new one.
make_login() {
  local password address
  password=$(make_password)
  sql --dbname template1 >&2 <<SQL
set client_min_messages = warning;
select 'create role $1' where to_regrole('$1') is null \\gexec
alter role $1 with login $2 password '$password';
SQL
  address="postgres://$1:$password@127.0.0.1:$port/postgres"
  psql --no-psqlrc --quiet --output /dev/null --command 'select 1' "$address" </dev/null ||
    fail "the role $1 cannot log in on 127.0.0.1:$port: allow it in pg_hba.conf"
  echo "$address"
}

# pgvector is not a trusted extension, so that the tests' role could not create it: new databases get it from template1.
ensure_extension() {
  sql --dbname template1 >&2 <<SQL
set client_min_messages = warning;
create extension if not exists vector;
alter extension vector update;
SQL
}

[[ $(id -u) == 0 ]] || fail 'run as root, or set ATHENA_TEST_POSTGRES_URL to a database with pgvector and a role that may create databases and roles'
command -v apt-get >/dev/null || fail 'needs Debian (apt-get); elsewhere set ATHENA_TEST_POSTGRES_URL'
ensure_server
ensure_pgvector
ensure_extension
url=$(make_login $role 'createdb createrole nosuperuser nobypassrls')
admin_url=$(make_login $admin_role superuser)
login_url=$(make_login $login_role 'nocreatedb nocreaterole nosuperuser nobypassrls')
say "PostgreSQL $version with pgvector on port $port"
echo "export ATHENA_TEST_POSTGRES_URL=$url"
echo "export ATHENA_TEST_POSTGRES_ADMIN_URL=$admin_url"
echo "export ATHENA_TEST_POSTGRES_LOGIN_URL=$login_url"
