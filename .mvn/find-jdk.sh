# Sourced by ./mvnw and ./countersign: sets and exports JAVA_HOME to a JDK 25, or says what to install.
# Looks at JAVA_HOME, JAVA_HOME_25* (CI images), the usual folders of Linux, macOS and SDKMAN, then at java on the PATH.

is_jdk_25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] && grep -q '^JAVA_VERSION="25[".+]' "$1/release"
}

find_jdk_25() {
  set +f # candidates are patterns; mvnw runs with globbing off
  for candidate in "${JAVA_HOME-}" "${JAVA_HOME_25_X64-}" "${JAVA_HOME_25_ARM64-}" "${JAVA_HOME_25-}" \
    /usr/lib/jvm/*25* /usr/lib/jvm/* /opt/java/* /opt/jdk* /usr/local/openjdk-25 \
    "${HOME-}"/.sdkman/candidates/java/25* "${HOME-}"/.jdks/*25* "${HOME-}"/.local/share/mise/installs/java/*25* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      printf '%s\n' "$candidate"
      return 0
    fi
  done
  on_path=$(command -v javac 2>/dev/null) || return 1
  on_path=$(readlink -f "$on_path" 2>/dev/null) || return 1
  on_path=${on_path%/bin/javac}
  is_jdk_25 "$on_path" && printf '%s\n' "$on_path"
}

if ! JAVA_HOME=$(find_jdk_25); then
  echo "Countersign needs a JDK 25 and found none." >&2
  echo "Install one (for example Eclipse Temurin 25: https://adoptium.net) or set JAVA_HOME to it, then try again." >&2
  echo "Looked at: JAVA_HOME, JAVA_HOME_25*, /usr/lib/jvm, /opt, ~/.sdkman, ~/.jdks, /Library/Java and javac on the PATH." >&2
  exit 1
fi
export JAVA_HOME
